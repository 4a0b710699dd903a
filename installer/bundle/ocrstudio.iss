; Windows: what installer/bundle/build.ps1 hands to Inno Setup 6 (iscc). For one user, without an administrator.
; Projects, models and settings lie in the user's own folders: neither an upgrade nor an uninstall touches them.

#ifndef Version
  #define Version "0.0.0"
#endif

[Setup]
AppId={{8E4C1E0B-5C1B-4B0B-9B65-6F2C6E1D7A53}
AppName=OCR Studio
AppVersion={#Version}
AppPublisher=OCR Studio developers
DefaultDirName={autopf}\OCR Studio
DefaultGroupName=OCR Studio
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile={#Root}\LICENSE
OutputDir={#Out}
OutputBaseFilename=ocrstudio-{#Version}-windows-x86_64
SetupIconFile={#Root}\resources\icons\ocrstudio.ico
UninstallDisplayIcon={app}\ocrstudio.exe
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; what an older version had and this one has not
Type: filesandordirs; Name: "{app}\lib"

[Files]
Source: "{#Out}\ocrstudio\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\OCR Studio"; Filename: "{app}\ocrstudio.exe"
Name: "{autodesktop}\OCR Studio"; Filename: "{app}\ocrstudio.exe"; Tasks: desktopicon

[Registry]
; "Open with" for pictures and PDF; no other program loses what it opens
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "OCR Studio"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe\shell\open\command"; ValueType: string; ValueData: """{app}\ocrstudio.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\ocrstudio.exe\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Directory\shell\OCRStudio"; ValueType: string; ValueData: "Open in OCR Studio"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\OCRStudio"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\ocrstudio.exe"
Root: HKA; Subkey: "Software\Classes\Directory\shell\OCRStudio\command"; ValueType: string; ValueData: """{app}\ocrstudio.exe"" ""%1"""

[Run]
Filename: "{app}\ocrstudio.exe"; Description: "{cm:LaunchProgram,OCR Studio}"; Flags: nowait postinstall skipifsilent
