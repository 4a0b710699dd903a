# Makes what is handed out on Windows, in the folder that is named: the bundle, and with Inno Setup 6.3 or newer its installer.
#
#   powershell -ExecutionPolicy Bypass -File installer\bundle\build.ps1 OUT

param([Parameter(Mandatory = $true)][string]$Out)

. (Join-Path $PSScriptRoot '..\common.ps1')

$Out = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Out)
New-Item -ItemType Directory -Force -Path $Out | Out-Null
Install-Studio @($Engine, 'bundle')
$version = & $VenvPython -c 'import ocrstudio; print(ocrstudio.__version__)'
$work = Join-Path $Out 'work'
Push-Location $Root
$made = Invoke-Quietly $VenvPython @('-m', 'PyInstaller', '--noconfirm', '--log-level', 'WARN', '--distpath', $Out,
    '--workpath', $work, (Join-Path $PSScriptRoot 'ocrstudio.spec'))
Pop-Location
if (-not $made) { Fail 'The bundle could not be made; the lines above say why.' }
Copy-Item -LiteralPath (Join-Path $Root 'LICENSE') -Destination (Join-Path $Out 'ocrstudio')
$weighed = Invoke-Quietly $VenvPython @((Join-Path $PSScriptRoot 'weigh.py'), (Join-Path $Out 'ocrstudio'))
if (-not $weighed) { Fail 'The bundle is larger than it should be.' }
Remove-Item -Recurse -Force -LiteralPath $work
# Inno Setup does not put itself on PATH: for everybody it lies in Program Files, for one user in the user's programs
$places = @(${env:ProgramFiles(x86)}, $env:ProgramFiles, "$env:LOCALAPPDATA\Programs") | Where-Object { $_ }
$found = @(Get-Command iscc -CommandType Application -ErrorAction SilentlyContinue | ForEach-Object { $_.Source })
$found += @($places | ForEach-Object { Join-Path $_ 'Inno Setup 6\ISCC.exe' } | Where-Object { Test-Path -LiteralPath $_ })
if ($found.Count -eq 0) {
    Fail "The bundle is in $Out\ocrstudio. For its installer, install Inno Setup 6.3 or newer (jrsoftware.org) and try again."
}
if (-not (Invoke-Quietly $found[0] @("/DVersion=$version", "/DRoot=$Root", "/DOut=$Out",
            (Join-Path $PSScriptRoot 'ocrstudio.iss')))) { Fail 'Inno Setup could not make the installer.' }
Say "The installer is in $Out."
