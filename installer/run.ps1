# Sets up OCR Studio where that has not been done yet, and starts it. Windows twin of run.sh.
#
#   powershell -ExecutionPolicy Bypass -File installer\run.ps1                opens the window
#   powershell -ExecutionPolicy Bypass -File installer\run.ps1 FOLDER         opens the window on a folder of images
#   powershell -ExecutionPolicy Bypass -File installer\run.ps1 COMMAND ...    a command, such as demo or doctor

. (Join-Path $PSScriptRoot 'common.ps1')

Install-Studio @($Engine)
# A folder of images that also holds a numpy.py must not become part of the program.
$env:PYTHONSAFEPATH = '1'
& $VenvPython -m ocrstudio @args
exit $LASTEXITCODE
