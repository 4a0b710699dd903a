# Makes what is handed out on Windows, in the folder that is named: the bundle, and with Inno Setup 6 its installer.
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
Copy-Item (Join-Path $Root 'LICENSE') (Join-Path $Out 'ocrstudio')
Remove-Item -Recurse -Force $work
$compiler = Get-Command iscc -ErrorAction SilentlyContinue
if (-not $compiler) { Fail "The bundle is in $Out\ocrstudio. For its installer, put iscc of Inno Setup 6 on PATH and try again." }
if (-not (Invoke-Quietly $compiler.Source @("/DVersion=$version", "/DRoot=$Root", "/DOut=$Out",
            (Join-Path $PSScriptRoot 'ocrstudio.iss')))) { Fail 'Inno Setup could not make the installer.' }
Say "The installer is in $Out."
