; Windows: what installer/bundle/build.ps1 hands to Inno Setup (iscc, 6.3 or newer). For one user, without an administrator.
; Projects, models and settings lie in the user's own folders: neither an upgrade nor an uninstall touches them.

#if VER < EncodeVer(6, 3, 0)
  #error Inno Setup 6.3 or newer is needed
#endif
#ifndef Version
  #define Version "0.0.0"
#endif

[Setup]
AppId={{8E4C1E0B-5C1B-4B0B-9B65-6F2C6E1D7A53}
AppName=OCR Studio
AppVersion={#Version}
AppPublisher=OCR Studio developers
DefaultDirName={autopf}\OCR Studio
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; what Qt, Python and onnxruntime of the bundle ask for
MinVersion=10.0
LicenseFile={#Root}\LICENSE
OutputDir={#Out}
OutputBaseFilename=ocrstudio-{#Version}-windows-x86_64
SetupIconFile={#Root}\resources\icons\ocrstudio.ico
UninstallDisplayIcon={app}\ocrstudio.exe
WizardStyle=modern
ShowLanguageDialog=auto
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
; a training would be ended in the middle: whoever runs it decides, see PrepareToInstall
CloseApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; the compiler comes without Chinese: what is shown is in a file of ours, the rest stays English
Name: "zh"; MessagesFile: "compiler:Default.isl,{#SourcePath}windows\zh_CN.isl"

[CustomMessages]
en.OpenFolder=Open in OCR Studio
zh.OpenFolder=用 OCR Studio 打开
en.AtWork=OCR Studio is open, or a training is under way. Close the window and stop the training (or wait for its end), then try again. Nothing was changed.
zh.AtWork=OCR Studio 正在运行，或者有训练正在进行。请关闭窗口并停止训练（或等它结束），然后重试。没有做任何更改。

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; what an older version had and this one has not; a folder of somebody else that was chosen by mistake keeps its own
Type: filesandordirs; Name: "{app}\lib"; Check: FileExists(ExpandConstant('{app}\ocrstudio-engine.exe'))

[Files]
Source: "{#Out}\ocrstudio\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\OCR Studio"; Filename: "{app}\ocrstudio.exe"
Name: "{autodesktop}\OCR Studio"; Filename: "{app}\ocrstudio.exe"; Tasks: desktopicon

[Registry]
; "Open with" for pictures and PDF; no other program loses what it opens
#define Program "Software\Classes\Applications\ocrstudio.exe"
Root: HKA; Subkey: "{#Program}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "OCR Studio"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Program}\shell\open\command"; ValueType: string; ValueData: """{app}\ocrstudio.exe"" ""%1"""
#define SupportedType(str Ending) 'Root: HKA; Subkey: "' + Program + '\SupportedTypes"; ValueType: string; ValueName: "' + Ending + '"; ValueData: ""'
{#SupportedType(".png")}
{#SupportedType(".jpg")}
{#SupportedType(".jpeg")}
{#SupportedType(".bmp")}
{#SupportedType(".tif")}
{#SupportedType(".tiff")}
{#SupportedType(".webp")}
{#SupportedType(".pdf")}
#define Folder "Software\Classes\Directory\shell\OCRStudio"
Root: HKA; Subkey: "{#Folder}"; ValueType: string; ValueData: "{cm:OpenFolder}"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Folder}"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\ocrstudio.exe"
Root: HKA; Subkey: "{#Folder}\command"; ValueType: string; ValueData: """{app}\ocrstudio.exe"" ""%1"""

[Run]
Filename: "{app}\ocrstudio.exe"; Description: "{cm:LaunchProgram,OCR Studio}"; Flags: nowait postinstall skipifsilent

[Code]
// Windows refuses to have the file of a running program written to.
function IsRunning(const Name: String): Boolean;
var
  Stream: TFileStream;
begin
  Result := False;
  if not FileExists(ExpandConstant('{app}\') + Name) then
    Exit;
  try
    Stream := TFileStream.Create(ExpandConstant('{app}\') + Name, fmOpenReadWrite);
    Stream.Free;
  except
    Result := True;
  end;
end;

function IsAtWork: Boolean;
begin
  Result := IsRunning('ocrstudio.exe') or IsRunning('ocrstudio-engine.exe');
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := '';
  if IsAtWork then
    Result := CustomMessage('AtWork');
end;

function InitializeUninstall: Boolean;
begin
  Result := not IsAtWork;
  if not Result then
    SuppressibleMsgBox(CustomMessage('AtWork'), mbError, MB_OK, IDOK);
end;
