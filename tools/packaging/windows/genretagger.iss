; The installer for Windows, by Inno Setup 6 (https://jrsoftware.org/ishelp):
;   iscc /DVersion=1.0.0 tools\packaging\windows\genretagger.iss
; after `make package`, which leaves dist\genretagger. Writes dist\genretagger-VERSION-windows-x86_64-setup.exe.
; For one user unless the setup is started with /ALLUSERS: no administrator is needed. Not run so far;
; docs/packaging.md says what was checked.

#ifndef Version
  #error Name the version: iscc /DVersion=1.0.0 genretagger.iss
#endif
#define Root AddBackslash(SourcePath) + "..\..\.."
#define Program Root + "\dist\genretagger"
; The window, without a console beside it; genretagger.exe is the command line.
#define Window "genretagger-window.exe"

[Setup]
; Never changes: by it a newer version finds the older one.
AppId={{6E0D0C1B-5C0A-4B7C-9E0B-6A2B6D2B7F41}
AppName=Genretagger
AppVersion={#Version}
AppVerName=Genretagger {#Version}
AppPublisher=The Genretagger authors
AppPublisherURL=https://github.com/genretagger/genretagger
AppSupportURL=https://github.com/genretagger/genretagger/issues
DefaultDirName={autopf}\Genretagger
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
OutputDir={#Root}\dist
OutputBaseFilename=genretagger-{#Version}-windows-x86_64-setup
SetupIconFile={#Root}\build\icons\genretagger.ico
UninstallDisplayIcon={app}\{#Window}
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; A running Genretagger is asked to close before its files are replaced, and is not started again.
CloseApplications=yes
RestartApplications=no
; The context menu and PATH change what Explorer shows.
ChangesAssociations=yes
ChangesEnvironment=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
en.ContextMenu=Add "Open with Genretagger" to the menu of folders
es.ContextMenu=Añadir "Abrir con Genretagger" al menú de las carpetas
en.OnPath=Add genretagger to PATH, for the command line
es.OnPath=Añadir genretagger a PATH, para la línea de comandos
en.OpenWith=Open with Genretagger
es.OpenWith=Abrir con Genretagger

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "contextmenu"; Description: "{cm:ContextMenu}"; Flags: unchecked
Name: "onpath"; Description: "{cm:OnPath}"; Flags: unchecked

[InstallDelete]
; What an older version had and this one has not would be loaded in its place.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Genretagger"; Filename: "{app}\{#Window}"; AppUserModelID: "io.github.genretagger.Genretagger"
Name: "{autodesktop}\Genretagger"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\Directory\shell\Genretagger"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey; Tasks: contextmenu
Root: HKA; Subkey: "Software\Classes\Directory\shell\Genretagger"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#Window}"; Tasks: contextmenu
Root: HKA; Subkey: "Software\Classes\Directory\shell\Genretagger\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: contextmenu
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: IsNotOnPath; Tasks: onpath

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,Genretagger}"; Flags: nowait postinstall skipifsilent

; Nothing of [UninstallDelete]: settings, decisions and the journal of writes, by which they can be
; undone, lie in the user's data folder and stay there.

[Code]
function IsNotOnPath: Boolean;
var
  Path: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') = 0;
end;

// What [Registry] added to PATH is taken out again; what else is in it stays.
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Path, Added: String;
begin
  if (CurUninstallStep = usPostUninstall) and RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
  begin
    Added := ';' + ExpandConstant('{app}');
    if Pos(Lowercase(Added) + ';', Lowercase(Path) + ';') > 0 then
    begin
      Delete(Path, Pos(Lowercase(Added) + ';', Lowercase(Path) + ';'), Length(Added));
      RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Path);
    end;
  end;
end;
