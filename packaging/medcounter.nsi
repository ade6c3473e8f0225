; The installer for Windows 10 and 11, 64 bit. Built by: makensis -DVERSION=0.1.0 packaging/medcounter.nsi
; from the folder above this one, after "make dist" or its commands made dist\medcounter.
; Installs for the user alone, so that nobody needs an administrator. The ledger lies elsewhere
; (%LOCALAPPDATA%\medcounter) and stays when the program is taken off.

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"

!ifndef VERSION
  !error "Name the version: makensis -DVERSION=0.1.0"
!endif
!ifndef SOURCE
  !define SOURCE "..\dist\medcounter"
!endif
!ifndef OUT
  !define OUT "..\dist\medcounter-${VERSION}-setup.exe"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\medcounter"

Name "医保缴费测算台"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\medcounter"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "医保缴费测算台"
VIAddVersionKey "FileDescription" "医保缴费测算台 安装程序"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"
!ifdef ICON
  Icon "${ICON}"
!endif

!define MUI_FINISHPAGE_RUN "$INSTDIR\medcounter.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Section "program"
  ; An open program holds its file; replacing half of it would leave neither version.
  IfFileExists "$INSTDIR\medcounter.exe" 0 fresh
    ClearErrors
    FileOpen $0 "$INSTDIR\medcounter.exe" a
    IfErrors 0 closed
      MessageBox MB_OK|MB_ICONSTOP "医保缴费测算台正开着，没有安装；请先关闭它再安装。" /SD IDOK
      Abort
    closed:
    FileClose $0
    RMDir /r "$INSTDIR\_internal"
  fresh:
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\医保缴费测算台.lnk" "$INSTDIR\medcounter.exe"
  CreateShortcut "$DESKTOP\医保缴费测算台.lnk" "$INSTDIR\medcounter.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "医保缴费测算台"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\medcounter.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  ; Only what the installer laid down; the ledger is not below this folder.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\medcounter.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\医保缴费测算台.lnk"
  Delete "$DESKTOP\医保缴费测算台.lnk"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
