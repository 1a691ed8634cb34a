@echo off
rem Opens the lessons after a double click on Windows. pushd, since the folder may lie on a network drive.
pushd "%~dp0"
set "NEW_ENOUGH=import sys; sys.exit(sys.version_info < (3, 11))"
for %%P in ("py -3" "python" "python3") do (
  %%~P -c "%NEW_ENOUGH%" >nul 2>nul
  if not errorlevel 1 (
    %%~P kit.py %*
    goto ended
  )
)
echo The kit needs Python 3.11 or newer. Get it at python.org/downloads, then double-click this file again.
echo De kit heeft Python 3.11 of nieuwer nodig. Haal het op bij python.org/downloads en dubbelklik daarna opnieuw.
call :fail
:ended
rem What went wrong stays on the screen.
if errorlevel 1 pause
popd
goto :eof
:fail
exit /b 1
