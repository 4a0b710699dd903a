# Sets up OCR Studio with what its tests need, and runs them all: linters, types and layers, then the tests. Windows twin of
# test.sh.
#
#   powershell -ExecutionPolicy Bypass -File installer\test.ps1                     everything
#   powershell -ExecutionPolicy Bypass -File installer\test.ps1 PYTEST-ARGUMENTS    only pytest, with these arguments

. (Join-Path $PSScriptRoot 'common.ps1')

Install-Studio @($Engine, 'test')
Set-Location -LiteralPath $Root
if ($args.Count -gt 0) {
    & $VenvPython -m pytest @args
    exit $LASTEXITCODE
}

$failed = @()
function Invoke-Check([string]$Name, [string]$Program, [string[]]$Arguments) {
    Write-Output "`n== $Name"
    & $Program @Arguments | Out-Default
    if ($LASTEXITCODE -ne 0) { $script:failed += $Name }
}

$bin = Join-Path $Venv 'Scripts'
Invoke-Check 'ruff check' (Join-Path $bin 'ruff.exe') @('check', '.')
Invoke-Check 'ruff format' (Join-Path $bin 'ruff.exe') @('format', '--check', '.')
Invoke-Check 'mypy' (Join-Path $bin 'mypy.exe') @()
Invoke-Check 'import-linter' (Join-Path $bin 'lint-imports.exe') @()
$env:QT_QPA_PLATFORM = 'offscreen'
Invoke-Check 'tests of units and widgets' $VenvPython @('-m', 'pytest', '-n', '2', 'tests/unit', 'tests/gui')
Invoke-Check 'tests of the engine' $VenvPython @('-m', 'pytest', '-n', '2', '--dist', 'loadfile', 'tests/engine')
# Windows always has a screen: the whole-window tests open real windows.
$env:QT_QPA_PLATFORM = 'windows'
Invoke-Check 'tests of the whole window' $VenvPython @('-m', 'pytest', 'tests/e2e')

if ($failed.Count -gt 0) {
    Write-Output "`nFailed: $($failed -join '; ')"
    exit 1
}
Write-Output "`nEverything passed."
exit 0
