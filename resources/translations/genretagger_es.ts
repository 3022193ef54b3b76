<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&amp;Data folder:</source>
        <translation>Carpeta de &amp;datos:</translation>
    </message>
    <message>
        <source>&amp;Log file:</source>
        <translation>&amp;Registro:</translation>
    </message>
    <message>
        <source>&amp;Model card</source>
        <translation>&amp;Ficha del modelo</translation>
    </message>
    <message>
        <source>&amp;Undo journal:</source>
        <translation>D&amp;iario de deshacer:</translation>
    </message>
    <message>
        <source>About Genretagger</source>
        <translation>Acerca de Genretagger</translation>
    </message>
    <message>
        <source>Copy &amp;report…</source>
        <translation>Copiar i&amp;nforme…</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. Uses Qt under the GNU Lesser General Public License, version 3.</source>
        <translation>Software libre bajo la Licencia Pública General de GNU, versión 3 o posterior. Usa Qt bajo la Licencia Pública General Reducida de GNU, versión 3.</translation>
    </message>
    <message>
        <source>Hears the genre of music and writes what you accept. It never changes audio and never sends anything.</source>
        <translation>Oye el género de la música y escribe lo que aceptas. Nunca cambia el audio y nunca envía nada.</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>Modelo: {model}</translation>
    </message>
    <message>
        <source>No file manager opens {folder}; its path can be copied from here.</source>
        <translation>Ningún gestor de archivos abre {folder}; puedes copiar su ruta aquí.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Show the data folder</source>
        <translation>Mostrar la carpeta de datos</translation>
    </message>
    <message>
        <source>Show the journal</source>
        <translation>Mostrar el diario de deshacer</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Mostrar el registro</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>aún no se ha usado</translation>
    </message>
    <message>
        <source>{path} is not there yet: it is made when it is first needed.</source>
        <translation>{path} aún no existe: se crea cuando hace falta por primera vez.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Not possible right now: {action}</source>
        <translation>Ahora no es posible: {action}</translation>
    </message>
    <message>
        <source>{action} ({keys})</source>
        <translation>{action} ({keys})</translation>
    </message>
</context>
<context>
    <name>Album</name>
    <message>
        <source>Most other tracks on this album sound like {genre}.</source>
        <translation>La mayoría de las demás pistas de este álbum suenan a {genre}.</translation>
    </message>
    <message>
        <source>No genre stands out in this track alone, but its album agrees.</source>
        <translation>En esta pista sola no destaca ningún género, pero su álbum coincide.</translation>
    </message>
    <message>
        <source>{own} on its own; {n} of {total} other tracks on this album sound like {genre}.</source>
        <translation>{own} por sí sola; {n} de las otras {total} pistas de este álbum suenan a {genre}.</translation>
    </message>
</context>
<context>
    <name>AlbumFeature</name>
    <message>
        <source>&amp;Copy decision to album</source>
        <translation>&amp;Copiar decisión al álbum</translation>
    </message>
    <message>
        <source>Accept al&amp;bum</source>
        <translation>Aceptar ál&amp;bum</translation>
    </message>
    <message>
        <source>Accept album</source>
        <translation>Aceptar álbum</translation>
    </message>
    <message>
        <source>Copy to album</source>
        <translation>Copiar al álbum</translation>
    </message>
    <message>
        <source>Make album u&amp;niform</source>
        <translation>&amp;Unificar álbum</translation>
    </message>
    <message>
        <source>Make uniform</source>
        <translation>Unificar</translation>
    </message>
    <message>
        <source>No track on this album sounds like music, so there is no genre for it.</source>
        <translation>Ninguna pista de este álbum suena a música, así que no hay género para él.</translation>
    </message>
    <message>
        <source>Nothing to copy: decide on a track on this album first.</source>
        <translation>No hay nada que copiar: decide antes sobre una pista de este álbum.</translation>
    </message>
    <message>
        <source>This track names no album, and several artists share its folder.</source>
        <translation>Esta pista no nombra ningún álbum, y varios artistas comparten su carpeta.</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Idioma:</translation>
    </message>
    <message>
        <source>&amp;Rows of the table:</source>
        <translation>&amp;Filas de la tabla:</translation>
    </message>
    <message>
        <source>&amp;Size of texts:</source>
        <translation>&amp;Tamaño del texto:</translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation>T&amp;ema:</translation>
    </message>
    <message>
        <source>Accent colour and high contrast are those of the system.</source>
        <translation>El color de acento y el alto contraste son los del sistema.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>By a notification of the desktop, if this window is not in front.</source>
        <translation>Con una notificación del escritorio, si esta ventana no está delante.</translation>
    </message>
    <message>
        <source>Compact shows more tracks; roomy is easier to hit.</source>
        <translation>Compactas muestran más pistas; amplias son más fáciles de acertar.</translation>
    </message>
    <message>
        <source>If a file has one: The Beatles are listed under B, as “Beatles, The”.</source>
        <translation>Si el archivo lo tiene: The Beatles aparecen en la B, como “Beatles, The”.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Relative to the font of the system.</source>
        <translation>En relación con la letra del sistema.</translation>
    </message>
    <message>
        <source>Reopen the last &amp;folders at startup</source>
        <translation>Volver a abrir las últimas &amp;carpetas al iniciar</translation>
    </message>
    <message>
        <source>Reopen the last folders at startup</source>
        <translation>Volver a abrir las últimas carpetas al iniciar</translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation>Filas de la tabla</translation>
    </message>
    <message>
        <source>Size of texts</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Sort artists by their sort &amp;names</source>
        <translation>Ordenar los artistas por su &amp;nombre de orden</translation>
    </message>
    <message>
        <source>Sort artists by their sort names</source>
        <translation>Ordenar los artistas por su nombre de orden</translation>
    </message>
    <message>
        <source>Takes effect the next time the program starts.</source>
        <translation>Se aplica la próxima vez que se inicie el programa.</translation>
    </message>
    <message>
        <source>Tell me when a long job is &amp;over</source>
        <translation>&amp;Avisarme cuando termine un trabajo largo</translation>
    </message>
    <message>
        <source>Tell me when a long job is over</source>
        <translation>Avisarme cuando termine un trabajo largo</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Your decisions are remembered either way.</source>
        <translation>Tus decisiones se recuerdan en cualquier caso.</translation>
    </message>
    <message>
        <source>compact</source>
        <translation>compactas</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>oscuro</translation>
    </message>
    <message>
        <source>large</source>
        <translation>grande</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>el más grande</translation>
    </message>
    <message>
        <source>light</source>
        <translation>claro</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>roomy</source>
        <translation>amplias</translation>
    </message>
    <message>
        <source>same as the system</source>
        <translation>igual que el sistema</translation>
    </message>
    <message>
        <source>small</source>
        <translation>pequeño</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>1 file, {when}</source>
        <translation>1 archivo, {when}</translation>
    </message>
    <message>
        <source>{n} files, {when}</source>
        <translation>{n} archivos, {when}</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>A record of this batch was lost, most likely in a crash.</source>
        <translation>Se perdió un registro de este lote, probablemente por un fallo del programa.</translation>
    </message>
    <message>
        <source>Files that had a genre</source>
        <translation>Archivos que tenían género</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Deshechas</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Escritas</translation>
    </message>
</context>
<context>
    <name>BusDesktop</name>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>Also sounds like: {styles}</source>
        <translation>También suena a: {styles}</translation>
    </message>
    <message>
        <source>Heard: {genre}, {confidence}</source>
        <translation>Oído: {genre}, {confidence}</translation>
    </message>
    <message>
        <source>There is no title in the tags; this is the file&apos;s name.</source>
        <translation>No hay título en las etiquetas; este es el nombre del archivo.</translation>
    </message>
    <message>
        <source>Your genre: {genre}, {confidence}</source>
        <translation>Tu género: {genre}, {confidence}</translation>
    </message>
    <message>
        <source>no genre suggested</source>
        <translation>ningún género sugerido</translation>
    </message>
    <message>
        <source>{file}, no title</source>
        <translation>{file}, sin título</translation>
    </message>
    <message>
        <source>{genre}, new</source>
        <translation>{genre}, nuevo</translation>
    </message>
    <message>
        <source>{genre}, the file stays as it is</source>
        <translation>{genre}, el archivo queda como está</translation>
    </message>
    <message>
        <source>{genre}, unchanged</source>
        <translation>{genre}, sin cambios</translation>
    </message>
    <message>
        <source>{style} (style)</source>
        <translation>{style} (estilo)</translation>
    </message>
</context>
<context>
    <name>Change</name>
    <message>
        <source>Accepted and not written yet: Ctrl+S {what}</source>
        <translation>Aceptado y aún sin escribir: Ctrl+S {what}</translation>
    </message>
    <message>
        <source>Accepted, but writing {what}</source>
        <translation>Aceptado, pero al escribir {what}</translation>
    </message>
    <message>
        <source>If you accept it, writing {what}</source>
        <translation>Si lo aceptas, al escribir {what}</translation>
    </message>
    <message>
        <source>adds</source>
        <translation>añade</translation>
    </message>
    <message>
        <source>adds {new}; keeps {kept}.</source>
        <translation>se añade {new}; se conserva {kept}.</translation>
    </message>
    <message>
        <source>changes nothing: the file cannot be written.</source>
        <translation>no cambia nada: el archivo no se puede escribir.</translation>
    </message>
    <message>
        <source>changes nothing: the file has {old} already.</source>
        <translation>no cambia nada: el archivo ya tiene {old}.</translation>
    </message>
    <message>
        <source>corrects</source>
        <translation>corrige</translation>
    </message>
    <message>
        <source>fills</source>
        <translation>rellena</translation>
    </message>
    <message>
        <source>leaves {old}: the file cannot be written.</source>
        <translation>se queda {old}: el archivo no se puede escribir.</translation>
    </message>
    <message>
        <source>leaves {old}: the setting fills only empty genres.</source>
        <translation>se queda {old}: el ajuste solo rellena géneros vacíos.</translation>
    </message>
    <message>
        <source>leaves {old}: the settings keep it.</source>
        <translation>se queda {old}: los ajustes lo conservan.</translation>
    </message>
    <message>
        <source>removes {old}; keeps {kept}.</source>
        <translation>se quita {old}; se conserva {kept}.</translation>
    </message>
    <message>
        <source>replaces</source>
        <translation>reemplaza</translation>
    </message>
    <message>
        <source>replaces {old} by {new}.</source>
        <translation>se cambia {old} por {new}.</translation>
    </message>
    <message>
        <source>replaces {old} by {new}; keeps {kept}.</source>
        <translation>se cambia {old} por {new}; se conserva {kept}.</translation>
    </message>
    <message>
        <source>writes {new}; the file has no genre.</source>
        <translation>se escribe {new}; el archivo no tiene género.</translation>
    </message>
</context>
<context>
    <name>ClassifierModel</name>
    <message>
        <source>Accuracy</source>
        <translation>Aciertos</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Géneros</translation>
    </message>
    <message>
        <source>How often it was right on tracks by artists it did not learn from.</source>
        <translation>Con qué frecuencia acertó en pistas de artistas de los que no aprendió.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>En uso</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>apartado</translation>
    </message>
</context>
<context>
    <name>ClassifierPage</name>
    <message>
        <source>&amp;Alongside the ten genres</source>
        <translation>&amp;Junto a los diez géneros</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importar…</translation>
    </message>
    <message>
        <source>&amp;Instead of the ten genres</source>
        <translation>En &amp;lugar de los diez géneros</translation>
    </message>
    <message>
        <source>&amp;Learn…</source>
        <translation>&amp;Aprender…</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>In&amp;forme</translation>
    </message>
    <message>
        <source>&amp;Stop using it</source>
        <translation>&amp;Dejar de usarlo</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Usar</translation>
    </message>
    <message>
        <source>Learn &amp;again</source>
        <translation>Aprender de n&amp;uevo</translation>
    </message>
    <message>
        <source>Learning can start once the current work has finished.</source>
        <translation>El aprendizaje puede empezar cuando termine el trabajo en curso.</translation>
    </message>
    <message>
        <source>Personal classifiers</source>
        <translation>Clasificadores personales</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
    <message>
        <source>Album artist</source>
        <translation>Artista del álbum</translation>
    </message>
    <message>
        <source>Also sounds like</source>
        <translation>También suena a</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>Tasa de bits</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>Disc</source>
        <translation>Disco</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Genre now</source>
        <translation>Género actual</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modificado</translation>
    </message>
    <message>
        <source>My genres</source>
        <translation>Mis géneros</translation>
    </message>
    <message>
        <source>Runner-up</source>
        <translation>Segunda opción</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Sugerido</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Pista</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
</context>
<context>
    <name>CompletedLine</name>
    <message>
        <source>Show all genres (Down)</source>
        <translation>Mostrar todos los géneros (Abajo)</translation>
    </message>
</context>
<context>
    <name>ConfusionModel</name>
    <message>
        <source>Heard: {genre}</source>
        <translation>Oído: {genre}</translation>
    </message>
    <message>
        <source>In tags: {genre}</source>
        <translation>En etiquetas: {genre}</translation>
    </message>
    <message>
        <source>Tagged {tagged}, heard {heard}; tracks: {n}</source>
        <translation>Etiquetado {tagged}, oído {heard}; pistas: {n}</translation>
    </message>
    <message>
        <source>other</source>
        <translation>otro</translation>
    </message>
    <message>
        <source>other genres</source>
        <translation>otros géneros</translation>
    </message>
</context>
<context>
    <name>CoverView</name>
    <message>
        <source>Cover</source>
        <translation>Portada</translation>
    </message>
    <message>
        <source>There is a cover.</source>
        <translation>Hay una portada.</translation>
    </message>
    <message>
        <source>There is no cover.</source>
        <translation>No hay portada.</translation>
    </message>
</context>
<context>
    <name>Decide</name>
    <message>
        <source>A rule of yours leaves this track alone: type a genre (F2), or forget the rule in the menu Genres.</source>
        <translation>Una regla tuya no toca esta pista: escribe un género (F2) u olvida la regla en el menú Géneros.</translation>
    </message>
    <message>
        <source>Accepted in the album: {n}</source>
        <translation>Aceptadas en el álbum: {n}</translation>
    </message>
    <message>
        <source>Accepted: {n}</source>
        <translation>Aceptadas: {n}</translation>
    </message>
    <message>
        <source>Album made uniform, tracks: {n}</source>
        <translation>Álbum unificado, pistas: {n}</translation>
    </message>
    <message>
        <source>Copied to other tracks of the album: {n}</source>
        <translation>Copiado a otras pistas del álbum: {n}</translation>
    </message>
    <message>
        <source>Decided otherwise before: {n}</source>
        <translation>Con otra decisión antes: {n}</translation>
    </message>
    <message>
        <source>Decisions taken back: {n}</source>
        <translation>Decisiones quitadas: {n}</translation>
    </message>
    <message>
        <source>Genre set for tracks: {n}</source>
        <translation>Género asignado a pistas: {n}</translation>
    </message>
    <message>
        <source>Hidden by the filter: {n}</source>
        <translation>Ocultas por el filtro: {n}</translation>
    </message>
    <message>
        <source>Left out: {reasons}</source>
        <translation>Omitidas: {reasons}</translation>
    </message>
    <message>
        <source>New spellings accepted, not yet written: {n}</source>
        <translation>Grafías nuevas aceptadas, por escribir: {n}</translation>
    </message>
    <message>
        <source>Rejected: {n}</source>
        <translation>Rechazadas: {n}</translation>
    </message>
    <message>
        <source>There is no decision on this track to take back.</source>
        <translation>No hay ninguna decisión sobre esta pista que retirar.</translation>
    </message>
    <message>
        <source>This does not sound like music: type a genre (F2), or press 1 for the closest match.</source>
        <translation>Esto no suena a música: escribe un género (F2) o pulsa 1 para el más parecido.</translation>
    </message>
    <message>
        <source>This track is accepted with this genre already.</source>
        <translation>Esta pista ya está aceptada con este género.</translation>
    </message>
    <message>
        <source>This track is rejected already.</source>
        <translation>Esta pista ya está rechazada.</translation>
    </message>
    <message>
        <source>This track offers no such genre: the details number what it offers.</source>
        <translation>Esta pista no ofrece ese género: los detalles numeran los que ofrece.</translation>
    </message>
    <message>
        <source>This track was not heard, so nothing is suggested; its state says why.</source>
        <translation>Esta pista no se ha analizado, así que no hay sugerencia; su estado dice por qué.</translation>
    </message>
    <message>
        <source>accept (tracks: {n})</source>
        <translation>aceptar (pistas: {n})</translation>
    </message>
    <message>
        <source>accept album (tracks: {n})</source>
        <translation>aceptar álbum (pistas: {n})</translation>
    </message>
    <message>
        <source>already decided</source>
        <translation>ya decididas</translation>
    </message>
    <message>
        <source>below the threshold</source>
        <translation>bajo el umbral</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>no se pueden escribir</translation>
    </message>
    <message>
        <source>change spelling (tracks: {n})</source>
        <translation>cambiar grafía (pistas: {n})</translation>
    </message>
    <message>
        <source>copy to album (tracks: {n})</source>
        <translation>copiar al álbum (pistas: {n})</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
    <message>
        <source>left alone by a rule</source>
        <translation>sin tocar por una regla</translation>
    </message>
    <message>
        <source>make album uniform (tracks: {n})</source>
        <translation>unificar álbum (pistas: {n})</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>sin analizar</translation>
    </message>
    <message>
        <source>not music</source>
        <translation>no son música</translation>
    </message>
    <message>
        <source>nothing more is offered</source>
        <translation>no se ofrece nada más</translation>
    </message>
    <message>
        <source>reject (tracks: {n})</source>
        <translation>rechazar (pistas: {n})</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rechazadas</translation>
    </message>
    <message>
        <source>set genre (tracks: {n})</source>
        <translation>asignar género (pistas: {n})</translation>
    </message>
    <message>
        <source>suggested by a rule</source>
        <translation>sugeridas por una regla</translation>
    </message>
    <message>
        <source>take back (tracks: {n})</source>
        <translation>quitar decisión (pistas: {n})</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>dudosas</translation>
    </message>
    <message>
        <source>with a finer genre already</source>
        <translation>con un género más fino</translation>
    </message>
    <message>
        <source>{reason} ({n})</source>
        <translation>{reason} ({n})</translation>
    </message>
</context>
<context>
    <name>DecideFeature</name>
    <message>
        <source>&amp;Accept</source>
        <translation>&amp;Aceptar</translation>
    </message>
    <message>
        <source>&amp;Edit genre</source>
        <translation>&amp;Editar género</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>&amp;Rechazar</translation>
    </message>
    <message>
        <source>&amp;Take decision back</source>
        <translation>&amp;Quitar decisión</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Undo decision</source>
        <translation>&amp;Deshacer decisión</translation>
    </message>
    <message>
        <source>&amp;Undo: {step}</source>
        <translation>&amp;Deshacer: {step}</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Accept &amp;my genre</source>
        <translation>Aceptar &amp;mi género</translation>
    </message>
    <message>
        <source>Accept a&amp;ll above the threshold</source>
        <translation>Aceptar t&amp;odas las que superan el umbral</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>Aceptar todas</translation>
    </message>
    <message>
        <source>Accept mine</source>
        <translation>Aceptar el mío</translation>
    </message>
    <message>
        <source>Add first</source>
        <translation>Añadir el primero</translation>
    </message>
    <message>
        <source>Add first genre offered</source>
        <translation>Añadir el primer género ofrecido</translation>
    </message>
    <message>
        <source>Add second</source>
        <translation>Añadir el segundo</translation>
    </message>
    <message>
        <source>Add second genre offered</source>
        <translation>Añadir el segundo género ofrecido</translation>
    </message>
    <message>
        <source>Add third</source>
        <translation>Añadir el tercero</translation>
    </message>
    <message>
        <source>Add third genre offered</source>
        <translation>Añadir el tercer género ofrecido</translation>
    </message>
    <message>
        <source>All {n} selected tracks get what you type (Esc: none).</source>
        <translation>Las {n} pistas seleccionadas reciben lo que escribas (Esc: ninguna).</translation>
    </message>
    <message>
        <source>Decisions from before a write stay; {keys} undoes the write itself.</source>
        <translation>Las decisiones anteriores a una escritura se quedan; {keys} deshace la escritura misma.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>First genre</source>
        <translation>Primer género</translation>
    </message>
    <message>
        <source>Nothing to undo: the write was undone already, and its tracks are undecided again.</source>
        <translation>Nada que deshacer: la escritura ya se deshizo y sus pistas vuelven a estar sin decidir.</translation>
    </message>
    <message>
        <source>Re&amp;do</source>
        <translation>Re&amp;hacer</translation>
    </message>
    <message>
        <source>Re&amp;do decision</source>
        <translation>Re&amp;hacer decisión</translation>
    </message>
    <message>
        <source>Re&amp;do: {step}</source>
        <translation>Re&amp;hacer: {step}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Redone: {step}</source>
        <translation>Rehecho: {step}</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Second genre</source>
        <translation>Segundo género</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>There are no genres of your own yet: learn them first (Ctrl+L).</source>
        <translation>Aún no hay géneros tuyos: apréndelos primero (Ctrl+L).</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>No hay nada que rehacer.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>No hay nada que deshacer.</translation>
    </message>
    <message>
        <source>Third genre</source>
        <translation>Tercer género</translation>
    </message>
    <message>
        <source>This track has not been analysed yet, or its file cannot be read, so it cannot be given a genre.</source>
        <translation>Esta pista aún no se ha analizado, o su archivo no se puede leer, así que no se le puede dar un género.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Undone: {step}</source>
        <translation>Deshecho: {step}</translation>
    </message>
    <message>
        <source>Use &amp;first genre offered</source>
        <translation>Usar el &amp;primer género ofrecido</translation>
    </message>
    <message>
        <source>Use &amp;second genre offered</source>
        <translation>Usar el &amp;segundo género ofrecido</translation>
    </message>
    <message>
        <source>Use t&amp;hird genre offered</source>
        <translation>Usar el &amp;tercer género ofrecido</translation>
    </message>
</context>
<context>
    <name>DesktopFeature</name>
    <message>
        <source>Genretagger had to stop</source>
        <translation>Genretagger tuvo que detenerse</translation>
    </message>
    <message>
        <source>Genretagger has finished analysing</source>
        <translation>Genretagger ha terminado de analizar</translation>
    </message>
    <message>
        <source>Genretagger has finished undoing</source>
        <translation>Genretagger ha terminado de deshacer</translation>
    </message>
    <message>
        <source>Genretagger has finished writing</source>
        <translation>Genretagger ha terminado de escribir</translation>
    </message>
</context>
<context>
    <name>DetailFeature</name>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Detalles</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>About the file</source>
        <translation>Sobre el archivo</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Ruta</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problema</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Puntuaciones</translation>
    </message>
    <message>
        <source>Scores of my genres</source>
        <translation>Puntuaciones de mis géneros</translation>
    </message>
    <message>
        <source>Select a track to see what was heard, and why.</source>
        <translation>Selecciona una pista para ver qué se oyó y por qué.</translation>
    </message>
    <message>
        <source>Selected tracks: {n}</source>
        <translation>Pistas seleccionadas: {n}</translation>
    </message>
    <message>
        <source>What they sound like</source>
        <translation>A qué suenan</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>1 other below {share}</source>
        <translation>1 más por debajo de {share}</translation>
    </message>
    <message>
        <source>No other track on this album sounds like {genre}.</source>
        <translation>Ninguna otra pista de este álbum suena a {genre}.</translation>
    </message>
    <message>
        <source>in the file</source>
        <translation>en el archivo</translation>
    </message>
    <message>
        <source>no genre</source>
        <translation>sin género</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rechazado</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>sugerido</translation>
    </message>
    <message>
        <source>your choice</source>
        <translation>tu elección</translation>
    </message>
    <message>
        <source>{genre}: {number}</source>
        <translation>{genre}: {number}</translation>
    </message>
    <message>
        <source>{now} → {wanted}</source>
        <translation>{now} → {wanted}</translation>
    </message>
    <message>
        <source>{now} ↛ {wanted}</source>
        <translation>{now} ↛ {wanted}</translation>
    </message>
    <message>
        <source>{n} of {total} other tracks on this album sound like {genre}.</source>
        <translation>{n} de las otras {total} pistas de este álbum suenan a {genre}.</translation>
    </message>
    <message>
        <source>{n} others below {share}</source>
        <translation>{n} más por debajo de {share}</translation>
    </message>
    <message>
        <source>{state}: {n}</source>
        <translation>{state}: {n}</translation>
    </message>
</context>
<context>
    <name>DragFeature</name>
    <message>
        <source>At most {n} tracks can be dragged at once: select fewer.</source>
        <translation>Como mucho se pueden arrastrar {n} pistas a la vez: selecciona menos.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportar</translation>
    </message>
    <message>
        <source>&amp;Format:</source>
        <translation>&amp;Formato:</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Reemplazar</translation>
    </message>
    <message>
        <source>&amp;Tracks:</source>
        <translation>Pis&amp;tas:</translation>
    </message>
    <message>
        <source>Accepted, not written ({n})</source>
        <translation>Aceptadas, sin escribir ({n})</translation>
    </message>
    <message>
        <source>All tracks ({n})</source>
        <translation>Todas las pistas ({n})</translation>
    </message>
    <message>
        <source>Bro&amp;wse…</source>
        <translation>E&amp;xaminar…</translation>
    </message>
    <message>
        <source>Data for scripts (JSON lines)</source>
        <translation>Datos para programas (líneas JSON)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportar a</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>Archivo o carpeta</translation>
    </message>
    <message>
        <source>Group &amp;by:</source>
        <translation>Agrupar &amp;por:</translation>
    </message>
    <message>
        <source>One line per track, for spreadsheets.</source>
        <translation>Una línea por pista, para hojas de cálculo.</translation>
    </message>
    <message>
        <source>One object per track, as printed by genretagger analyse --json.</source>
        <translation>Un objeto por pista, como lo muestra genretagger analyse --json.</translation>
    </message>
    <message>
        <source>One playlist for all &amp;spellings of a genre</source>
        <translation>Una lista para todas las &amp;grafías de un género</translation>
    </message>
    <message>
        <source>One playlist for each genre, in a folder.</source>
        <translation>Una lista por cada género, en una carpeta.</translation>
    </message>
    <message>
        <source>Plan of what will be written</source>
        <translation>Plan de lo que se escribirá</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Playlists, one per genre (M3U8)</source>
        <translation>Listas de reproducción, una por género (M3U8)</translation>
    </message>
    <message>
        <source>Selected ({n})</source>
        <translation>Seleccionadas ({n})</translation>
    </message>
    <message>
        <source>Shown by the filter ({n})</source>
        <translation>Mostradas por el filtro ({n})</translation>
    </message>
    <message>
        <source>T&amp;o:</source>
        <translation>&amp;A:</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>Tabla (CSV)</translation>
    </message>
    <message>
        <source>Use paths relative to the &amp;playlists&apos; folder</source>
        <translation>Usar rutas relativas a la carpeta de las &amp;listas</translation>
    </message>
    <message>
        <source>What Write would do now, for use with genretagger apply --plan; accepted tracks only.</source>
        <translation>Lo que haría Escribir ahora, para usar con genretagger apply --plan; solo pistas aceptadas.</translation>
    </message>
    <message>
        <source>genres</source>
        <translation>géneros</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>plan</translation>
    </message>
    <message>
        <source>the genre after writing what you accepted</source>
        <translation>el género tras escribir lo que aceptaste</translation>
    </message>
    <message>
        <source>the genre in the file</source>
        <translation>el género del archivo</translation>
    </message>
    <message>
        <source>the suggested or accepted genre</source>
        <translation>el género sugerido o aceptado</translation>
    </message>
</context>
<context>
    <name>ExportFeature</name>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Exported to {path}; tracks: {n}</source>
        <translation>Exportado a {path}; pistas: {n}</translation>
    </message>
    <message>
        <source>Exported to {path}; tracks: {n}, playlists: {files}</source>
        <translation>Exportado a {path}; pistas: {n}, listas: {files}</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportando…</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Album artist</source>
        <translation>Artista del álbum</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>Compositor</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Estado del archivo</translation>
    </message>
    <message>
        <source>Disc</source>
        <translation>Disco</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Sello</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>The size of the whole file, pictures too, over its length.</source>
        <translation>El tamaño de todo el archivo, con sus imágenes, entre su duración.</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Pista</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>cortado</translation>
    </message>
    <message>
        <source>cut off, {n} % is there</source>
        <translation>cortado, hay un {n} %</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>estéreo</translation>
    </message>
    <message>
        <source>the sound of a video</source>
        <translation>el sonido de un vídeo</translation>
    </message>
    <message>
        <source>write-protected</source>
        <translation>protegido contra escritura</translation>
    </message>
    <message>
        <source>{kind}, named {suffix}</source>
        <translation>{kind}, con el nombre {suffix}</translation>
    </message>
    <message>
        <source>{n} bit</source>
        <translation>{n} bits</translation>
    </message>
    <message>
        <source>{n} channels</source>
        <translation>{n} canales</translation>
    </message>
    <message>
        <source>{n} kHz</source>
        <translation>{n} kHz</translation>
    </message>
    <message>
        <source>{n} kbit/s</source>
        <translation>{n} kbit/s</translation>
    </message>
</context>
<context>
    <name>FeatureContext</name>
    <message>
        <source>Decisions wait until the files are written.</source>
        <translation>Las decisiones esperan hasta que los archivos estén escritos.</translation>
    </message>
    <message>
        <source>Go back to the tracks first (Ctrl+1).</source>
        <translation>Vuelve antes a las pistas (Ctrl+1).</translation>
    </message>
    <message>
        <source>No track is selected.</source>
        <translation>No hay ninguna pista seleccionada.</translation>
    </message>
    <message>
        <source>There are no tracks yet: open a folder (Ctrl+O).</source>
        <translation>Aún no hay pistas: abre una carpeta (Ctrl+O).</translation>
    </message>
    <message>
        <source>Wait a moment: the last decision is still being carried out.</source>
        <translation>Espera un momento: la última decisión aún se está aplicando.</translation>
    </message>
    <message>
        <source>Wait a moment: the program is still starting.</source>
        <translation>Espera un momento: el programa aún está arrancando.</translation>
    </message>
    <message>
        <source>Wait until the work in progress has ended, or stop it (Ctrl+.).</source>
        <translation>Espera a que termine el trabajo en curso, o detenlo (Ctrl+.).</translation>
    </message>
</context>
<context>
    <name>FileFeature</name>
    <message>
        <source>Analyse again</source>
        <translation>Analizar de nuevo</translation>
    </message>
    <message>
        <source>Analyse selected tracks a&amp;gain</source>
        <translation>Analizar de nuevo las pistas sele&amp;ccionadas</translation>
    </message>
    <message>
        <source>Copy pat&amp;h</source>
        <translation>Copiar &amp;la ruta</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiar ruta</translation>
    </message>
    <message>
        <source>No file manager opens {folder}; its path can be copied (Ctrl+Shift+C).</source>
        <translation>Ningún gestor de archivos abre {folder}; puedes copiar su ruta (Ctrl+Shift+C).</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Open w&amp;ith the player</source>
        <translation>Abrir con el reproduct&amp;or</translation>
    </message>
    <message>
        <source>Path copied: {path}</source>
        <translation>Ruta copiada: {path}</translation>
    </message>
    <message>
        <source>Paths copied: {n}</source>
        <translation>Rutas copiadas: {n}</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Mostrar archivo</translation>
    </message>
    <message>
        <source>Show in file &amp;manager</source>
        <translation>Mostrar en el &amp;gestor de archivos</translation>
    </message>
    <message>
        <source>{path} was not opened: choose a program for such files in your system.</source>
        <translation>{path} no se ha abierto: elige en tu sistema un programa para estos archivos.</translation>
    </message>
</context>
<context>
    <name>FileTreeModel</name>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>{what}; files: {n}</source>
        <translation>{what}; archivos: {n}</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>A comma means or: genre:rock,pop. A minus in front means not: -genre:rock. An equals sign means an exact match: now:=Rock.</source>
        <translation>Una coma significa o: género:rock,pop. Un menos delante significa no: -género:rock. Un signo igual significa coincidencia exacta: actual:=Rock.</translation>
    </message>
    <message>
        <source>Not sure, and the tag differs</source>
        <translation>No seguras y la etiqueta difiere</translation>
    </message>
    <message>
        <source>Still to decide</source>
        <translation>Aún por decidir</translation>
    </message>
    <message>
        <source>Sure, and no genre yet</source>
        <translation>Seguras y aún sin género</translation>
    </message>
    <message>
        <source>Sure, and the tag differs</source>
        <translation>Seguras y la etiqueta difiere</translation>
    </message>
    <message>
        <source>Words: each must occur somewhere, in upper or lower case. “Kind of Blue” in straight quotes counts as one word.</source>
        <translation>Palabras: cada una debe aparecer en algún lugar, en mayúsculas o minúsculas. “Kind of Blue” entre comillas rectas cuenta como una sola palabra.</translation>
    </message>
    <message>
        <source>a style suggested or offered, such as Folk</source>
        <translation>un estilo sugerido u ofrecido, como Folk</translation>
    </message>
    <message>
        <source>album</source>
        <translation>álbum</translation>
    </message>
    <message>
        <source>artist</source>
        <translation>artista</translation>
    </message>
    <message>
        <source>conf</source>
        <translation>conf</translation>
    </message>
    <message>
        <source>file</source>
        <translation>archivo</translation>
    </message>
    <message>
        <source>folder and name of the file</source>
        <translation>carpeta y nombre del archivo</translation>
    </message>
    <message>
        <source>genre</source>
        <translation>género</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>oído</translation>
    </message>
    <message>
        <source>hint</source>
        <translation>estilo</translation>
    </message>
    <message>
        <source>how far it can be trusted: high, medium, low</source>
        <translation>hasta dónde se puede confiar: alto, medio, bajo</translation>
    </message>
    <message>
        <source>level</source>
        <translation>nivel</translation>
    </message>
    <message>
        <source>now</source>
        <translation>actual</translation>
    </message>
    <message>
        <source>path</source>
        <translation>ruta</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>regla</translation>
    </message>
    <message>
        <source>state</source>
        <translation>estado</translation>
    </message>
    <message>
        <source>style</source>
        <translation>estilo</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>sugerido</translation>
    </message>
    <message>
        <source>the album</source>
        <translation>el álbum</translation>
    </message>
    <message>
        <source>the artist of the track or the album</source>
        <translation>el artista de la pista o del álbum</translation>
    </message>
    <message>
        <source>the confidence: &lt;0.6, &gt;=80%, 0.5..0.7</source>
        <translation>la confianza: &lt;0.6, &gt;=80%, 0.5..0.7</translation>
    </message>
    <message>
        <source>the genre heard, whatever was decided</source>
        <translation>el género oído, se decidiera lo que se decidiera</translation>
    </message>
    <message>
        <source>the genre in the file or the one suggested</source>
        <translation>el género del archivo o el sugerido</translation>
    </message>
    <message>
        <source>the genre in the file; now:&quot;&quot; finds files without one</source>
        <translation>el género del archivo; actual:&quot;&quot; encuentra los que no tienen</translation>
    </message>
    <message>
        <source>the name of the file</source>
        <translation>el nombre del archivo</translation>
    </message>
    <message>
        <source>the state; open: still to decide</source>
        <translation>el estado; open: aún por decidir</translation>
    </message>
    <message>
        <source>the suggested genre</source>
        <translation>el género sugerido</translation>
    </message>
    <message>
        <source>the title</source>
        <translation>el título</translation>
    </message>
    <message>
        <source>title</source>
        <translation>título</translation>
    </message>
    <message>
        <source>what it also sounds like</source>
        <translation>a qué más suena</translation>
    </message>
    <message>
        <source>why</source>
        <translation>motivo</translation>
    </message>
    <message>
        <source>why it is unsure or failed</source>
        <translation>por qué es dudoso o falló</translation>
    </message>
    <message>
        <source>your rule for it: artist, folder or genre; rule: alone finds any</source>
        <translation>tu regla para ella: artista, carpeta o género; rule: solo encuentra cualquiera</translation>
    </message>
    <message>
        <source>“{typed}” is ignored: levels are {levels}.</source>
        <translation>“{typed}” se ignora: los niveles son {levels}.</translation>
    </message>
    <message>
        <source>“{typed}” is ignored: states are {states}.</source>
        <translation>“{typed}” se ignora: los estados son {states}.</translation>
    </message>
    <message>
        <source>“{typed}” is ignored: write a confidence as &lt;0.6, &gt;=80% or 0.5..0.7.</source>
        <translation>“{typed}” se ignora: escribe una confianza como &lt;0.6, &gt;=80% o 0.5..0.7.</translation>
    </message>
    <message>
        <source>“{typed}” is ignored: write a value after the colon.</source>
        <translation>“{typed}” se ignora: escribe un valor tras los dos puntos.</translation>
    </message>
</context>
<context>
    <name>FilterByFeature</name>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Fi&amp;lter by</source>
        <translation>Fi&amp;ltrar por</translation>
    </message>
    <message>
        <source>Filter by</source>
        <translation>Filtrar por</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Only &amp;artist: {name}</source>
        <translation>Solo el &amp;artista: {name}</translation>
    </message>
    <message>
        <source>Only &amp;folder: {name}</source>
        <translation>Solo la &amp;carpeta: {name}</translation>
    </message>
    <message>
        <source>Only &amp;genre: {name}</source>
        <translation>Solo el &amp;género: {name}</translation>
    </message>
    <message>
        <source>Only al&amp;bum: {name}</source>
        <translation>Solo el ál&amp;bum: {name}</translation>
    </message>
    <message>
        <source>This &amp;artist</source>
        <translation>Este &amp;artista</translation>
    </message>
    <message>
        <source>This &amp;folder</source>
        <translation>Esta &amp;carpeta</translation>
    </message>
    <message>
        <source>This &amp;genre</source>
        <translation>Este &amp;género</translation>
    </message>
    <message>
        <source>This al&amp;bum</source>
        <translation>Este ál&amp;bum</translation>
    </message>
    <message>
        <source>This track has no genre yet.</source>
        <translation>Esta pista aún no tiene género.</translation>
    </message>
    <message>
        <source>This track names no album.</source>
        <translation>Esta pista no nombra ningún álbum.</translation>
    </message>
    <message>
        <source>This track names no artist.</source>
        <translation>Esta pista no nombra ningún artista.</translation>
    </message>
</context>
<context>
    <name>FilterCompletion</name>
    <message>
        <source>What can be typed here</source>
        <translation>Qué se puede escribir aquí</translation>
    </message>
</context>
<context>
    <name>FilterFeature</name>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtro</translation>
    </message>
    <message>
        <source>&amp;Rename or remove…</source>
        <translation>&amp;Renombrar o quitar…</translation>
    </message>
    <message>
        <source>Choose &amp;states</source>
        <translation>Elegir &amp;estados</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Filter saved: {name}</source>
        <translation>Filtro guardado: {name}</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtros</translation>
    </message>
    <message>
        <source>Name (an existing filter with this name is replaced):</source>
        <translation>Nombre (se sustituye el filtro que ya lo tenga):</translation>
    </message>
    <message>
        <source>Named filters</source>
        <translation>Filtros con nombre</translation>
    </message>
    <message>
        <source>No filter is set: all tracks are shown.</source>
        <translation>No hay ningún filtro: se muestran todas las pistas.</translation>
    </message>
    <message>
        <source>Sa&amp;ve filter…</source>
        <translation>&amp;Guardar filtro…</translation>
    </message>
    <message>
        <source>Save filter</source>
        <translation>Guardar filtro</translation>
    </message>
    <message>
        <source>Show &amp;all tracks</source>
        <translation>Mostrar &amp;todas las pistas</translation>
    </message>
    <message>
        <source>Show all tracks</source>
        <translation>Mostrar todas las pistas</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Estados</translation>
    </message>
</context>
<context>
    <name>FolderFeature</name>
    <message>
        <source>Fold&amp;ers</source>
        <translation>Carpeta&amp;s</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>All folders ({n})</source>
        <translation>Todas las carpetas ({n})</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Equipo</translation>
    </message>
    <message>
        <source>{folder} ({n})</source>
        <translation>{folder} ({n})</translation>
    </message>
</context>
<context>
    <name>FolderView</name>
    <message>
        <source>Folders</source>
        <translation>Carpetas</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Atrás</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Nombre:</translation>
    </message>
    <message>
        <source>&amp;Start learning</source>
        <translation>&amp;Empezar a aprender</translation>
    </message>
    <message>
        <source>A classifier with this name already exists; the new one will replace it.</source>
        <translation>Ya hay un clasificador con este nombre; el nuevo lo sustituirá.</translation>
    </message>
    <message>
        <source>All music heard so far</source>
        <translation>Toda la música analizada hasta ahora</translation>
    </message>
    <message>
        <source>Learn &amp;from:</source>
        <translation>Aprender &amp;de:</translation>
    </message>
    <message>
        <source>My genres</source>
        <translation>Mis géneros</translation>
    </message>
    <message>
        <source>My genres {n}</source>
        <translation>Mis géneros {n}</translation>
    </message>
</context>
<context>
    <name>GenreCompleter</name>
    <message>
        <source>1 file</source>
        <translation>1 archivo</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} archivos</translation>
    </message>
    <message>
        <source>{style} (also sounds like this)</source>
        <translation>{style} (también suena así)</translation>
    </message>
</context>
<context>
    <name>GenreEdit</name>
    <message>
        <source>Genres, separated by semicolons</source>
        <translation>Géneros, separados por punto y coma</translation>
    </message>
</context>
<context>
    <name>GenreModel</name>
    <message>
        <source>Artists</source>
        <translation>Artistas</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precisión</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Exhaustividad</translation>
    </message>
    <message>
        <source>Share of the tracks it gave this genre that really have it.</source>
        <translation>Parte de las pistas a las que dio este género que de verdad lo tienen.</translation>
    </message>
    <message>
        <source>Share of the tracks of this genre that it recognised.</source>
        <translation>Parte de las pistas de este género que reconoció.</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
    <message>
        <source>too few artists</source>
        <translation>muy pocos artistas</translation>
    </message>
</context>
<context>
    <name>GenreSetFeature</name>
    <message>
        <source>Genres</source>
        <translation>Géneros</translation>
    </message>
    <message>
        <source>S&amp;uggested genres</source>
        <translation>Géneros s&amp;ugeridos</translation>
    </message>
    <message>
        <source>S&amp;uggested genres: {genres}</source>
        <translation>Géneros s&amp;ugeridos: {genres}</translation>
    </message>
    <message>
        <source>The ten genres are suggested, and styles where none fits.</source>
        <translation>Se sugieren los diez géneros, y estilos donde ninguno encaja.</translation>
    </message>
    <message>
        <source>The ten genres are suggested.</source>
        <translation>Se sugieren los diez géneros.</translation>
    </message>
    <message>
        <source>Your own genres are suggested.</source>
        <translation>Se sugieren tus propios géneros.</translation>
    </message>
</context>
<context>
    <name>GenreWords</name>
    <message>
        <source>A Cappella</source>
        <translation>A capela</translation>
    </message>
    <message>
        <source>Acoustic</source>
        <translation>Acústica</translation>
    </message>
    <message>
        <source>African</source>
        <translation>Africana</translation>
    </message>
    <message>
        <source>Alternative</source>
        <translation>Alternativa</translation>
    </message>
    <message>
        <source>Alternative Rock</source>
        <translation>Rock alternativo</translation>
    </message>
    <message>
        <source>Asian</source>
        <translation>Asiática</translation>
    </message>
    <message>
        <source>Children&apos;s Music</source>
        <translation>Infantil</translation>
    </message>
    <message>
        <source>Choral</source>
        <translation>Coral</translation>
    </message>
    <message>
        <source>Christian</source>
        <translation>Cristiana</translation>
    </message>
    <message>
        <source>Christmas</source>
        <translation>Navidad</translation>
    </message>
    <message>
        <source>Classic Rock</source>
        <translation>Rock clásico</translation>
    </message>
    <message>
        <source>Classical</source>
        <translation>Clásica</translation>
    </message>
    <message>
        <source>Electronic</source>
        <translation>Electrónica</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>Latina</translation>
    </message>
    <message>
        <source>Middle Eastern</source>
        <translation>Oriente Medio</translation>
    </message>
    <message>
        <source>Opera</source>
        <translation>Ópera</translation>
    </message>
    <message>
        <source>Orchestral</source>
        <translation>Orquestal</translation>
    </message>
    <message>
        <source>Progressive Rock</source>
        <translation>Rock progresivo</translation>
    </message>
    <message>
        <source>Psychedelic Rock</source>
        <translation>Rock psicodélico</translation>
    </message>
    <message>
        <source>Soundtrack</source>
        <translation>Banda sonora</translation>
    </message>
    <message>
        <source>Video Game Music</source>
        <translation>Música de videojuegos</translation>
    </message>
    <message>
        <source>World</source>
        <translation>Músicas del mundo</translation>
    </message>
</context>
<context>
    <name>Genres</name>
    <message>
        <source>Genres: mine</source>
        <translation>Géneros: míos</translation>
    </message>
    <message>
        <source>Genres: styles</source>
        <translation>Géneros: estilos</translation>
    </message>
    <message>
        <source>Genres: ten</source>
        <translation>Géneros: diez</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>Los míos</translation>
    </message>
    <message>
        <source>My own can be chosen once you have learned some from your library (Ctrl+L).</source>
        <translation>Los míos se pueden elegir cuando hayas aprendido algunos de tu biblioteca (Ctrl+L).</translation>
    </message>
    <message>
        <source>My own: {name}</source>
        <translation>Los míos: {name}</translation>
    </message>
    <message>
        <source>The ten</source>
        <translation>Los diez</translation>
    </message>
    <message>
        <source>The ten and styles</source>
        <translation>Los diez y los estilos</translation>
    </message>
</context>
<context>
    <name>GenresPage</name>
    <message>
        <source>&amp;Protected genres</source>
        <translation>Géneros &amp;protegidos</translation>
    </message>
    <message>
        <source>A file that has one keeps it, even when its genres are replaced: the new ones are added to it.</source>
        <translation>Un archivo que tenga uno lo conserva, aunque se sustituyan sus géneros: los nuevos se le añaden.</translation>
    </message>
    <message>
        <source>A track heard as {genre} gets: {names}</source>
        <translation>Una pista oída como {genre} recibe: {names}</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Géneros</translation>
    </message>
    <message>
        <source>Heard → written</source>
        <translation>Oído → escrito</translation>
    </message>
    <message>
        <source>What is written for each genre heard</source>
        <translation>Qué se escribe por cada género oído</translation>
    </message>
    <message>
        <source>What is written for each genre heard; separate several with semicolons. Return edits it, Delete restores the genre&apos;s own name.</source>
        <translation>Qué se escribe por cada género oído; separa varios con punto y coma. Retorno lo edita, Suprimir restaura el nombre propio del género.</translation>
    </message>
    <message>
        <source>Write them in &amp;my language</source>
        <translation>Escribir&amp;los en español</translation>
    </message>
    <message>
        <source>{genres} was not accepted: a genre cannot contain | or =.</source>
        <translation>{genres} no se aceptó: un género no puede contener | ni =.</translation>
    </message>
</context>
<context>
    <name>GroupFeature</name>
    <message>
        <source>&amp;Album</source>
        <translation>Ál&amp;bum</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>&amp;Group the tracks</source>
        <translation>&amp;Agrupar las pistas</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>&amp;Nada</translation>
    </message>
    <message>
        <source>A&amp;rtist</source>
        <translation>&amp;Artista</translation>
    </message>
    <message>
        <source>Grou&amp;p by</source>
        <translation>Agrupar &amp;por</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Agrupar</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Agrupar por</translation>
    </message>
    <message>
        <source>Suggested &amp;genre</source>
        <translation>&amp;Género sugerido</translation>
    </message>
</context>
<context>
    <name>Heading</name>
    <message>
        <source>No album</source>
        <translation>Sin álbum</translation>
    </message>
    <message>
        <source>No artist</source>
        <translation>Sin artista</translation>
    </message>
    <message>
        <source>No genre suggested</source>
        <translation>Sin género sugerido</translation>
    </message>
    <message>
        <source>Tracks: {n}</source>
        <translation>Pistas: {n}</translation>
    </message>
    <message>
        <source>Various artists</source>
        <translation>Varios artistas</translation>
    </message>
    <message>
        <source>each sounds like a different genre</source>
        <translation>cada una suena a un género distinto</translation>
    </message>
    <message>
        <source>{album} ({years})</source>
        <translation>{album} ({years})</translation>
    </message>
    <message>
        <source>{artist} — {album}</source>
        <translation>{artist} — {album}</translation>
    </message>
    <message>
        <source>{heading}, folded</source>
        <translation>{heading}, plegado</translation>
    </message>
    <message>
        <source>{n} of {total} sound like each of {genre}</source>
        <translation>{n} de {total} suenan a cada uno de {genre}</translation>
    </message>
    <message>
        <source>{n} of {total} sound like {genre}</source>
        <translation>{n} de {total} suenan a {genre}</translation>
    </message>
</context>
<context>
    <name>HeatMap</name>
    <message>
        <source>Genres in tags against genres heard</source>
        <translation>Géneros en etiquetas frente a géneros oídos</translation>
    </message>
</context>
<context>
    <name>HelpFeature</name>
    <message>
        <source>&amp;About Genretagger</source>
        <translation>&amp;Acerca de Genretagger</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts and signs</source>
        <translation>A&amp;tajos de teclado y signos</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Acerca de</translation>
    </message>
    <message>
        <source>Copy &amp;report…</source>
        <translation>Copiar i&amp;nforme…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
    <message>
        <source>The report is in the clipboard: paste it (Ctrl+V).</source>
        <translation>El informe está en el portapapeles: pégalo (Ctrl+V).</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>being written</source>
        <translation>escribiéndose</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>ya no está</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrumpida</translation>
    </message>
    <message>
        <source>nothing written</source>
        <translation>nada escrito</translation>
    </message>
    <message>
        <source>partly undone</source>
        <translation>deshecha en parte</translation>
    </message>
    <message>
        <source>rolled back</source>
        <translation>revertida</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>sin aclarar</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>deshecha</translation>
    </message>
    <message>
        <source>written</source>
        <translation>escrita</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>&amp;Undo batch</source>
        <translation>&amp;Deshacer lote</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>Each write can be undone, unless the genre has been changed since.</source>
        <translation>Cada escritura se puede deshacer, salvo que el género se haya cambiado desde entonces.</translation>
    </message>
    <message>
        <source>Files of the batch</source>
        <translation>Archivos del lote</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>Nothing has been written yet. What you write can be undone here.</source>
        <translation>Aún no se ha escrito nada. Lo que escribas se podrá deshacer aquí.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>Undo selected &amp;files</source>
        <translation>Deshacer archivos &amp;seleccionados</translation>
    </message>
</context>
<context>
    <name>HistoryFeature</name>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Historial…</translation>
    </message>
    <message>
        <source>Export the history</source>
        <translation>Exportar el historial</translation>
    </message>
    <message>
        <source>Exported to {path}; writes: {n}</source>
        <translation>Exportado a {path}; escrituras: {n}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>history of writes</source>
        <translation>historial de escrituras</translation>
    </message>
</context>
<context>
    <name>JobProgressBar</name>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min</source>
        <translation>unas {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>about {n} min</source>
        <translation>unos {n} min</translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation>menos de un minuto</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>{done} of {total} · {time} left</source>
        <translation>{done} de {total} · quedan {time}</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Before writing</source>
        <translation>Antes de escribir</translation>
    </message>
    <message>
        <source>Clear the filter; back to the table</source>
        <translation>Vaciar el filtro; volver a la tabla</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>Cerrar un diálogo</translation>
    </message>
    <message>
        <source>Confirm what you typed</source>
        <translation>Confirmar lo escrito</translation>
    </message>
    <message>
        <source>Edit the genre</source>
        <translation>Editar el género</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>En todas partes</translation>
    </message>
    <message>
        <source>First and last track</source>
        <translation>Primera y última pista</translation>
    </message>
    <message>
        <source>Five seconds back or forward along the track</source>
        <translation>Cinco segundos atrás o adelante en la pista</translation>
    </message>
    <message>
        <source>Fold or unfold a heading</source>
        <translation>Plegar o desplegar un encabezado</translation>
    </message>
    <message>
        <source>Fold or unfold all headings</source>
        <translation>Plegar o desplegar todos los encabezados</translation>
    </message>
    <message>
        <source>In charts and along the track</source>
        <translation>En los gráficos y a lo largo de la pista</translation>
    </message>
    <message>
        <source>In the filter and its states</source>
        <translation>En el filtro y sus estados</translation>
    </message>
    <message>
        <source>In the table</source>
        <translation>En la tabla</translation>
    </message>
    <message>
        <source>Leave all files as they are</source>
        <translation>Dejar todos los archivos como están</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>Dejarlo como estaba</translation>
    </message>
    <message>
        <source>List of genres, those of the track first</source>
        <translation>Lista de géneros, primero los de la pista</translation>
    </message>
    <message>
        <source>Menu of what is selected</source>
        <translation>Menú de lo seleccionado</translation>
    </message>
    <message>
        <source>Move through bars and cells</source>
        <translation>Recorrer barras y celdas</translation>
    </message>
    <message>
        <source>Move through the states</source>
        <translation>Recorrer los estados</translation>
    </message>
    <message>
        <source>Move through the tracks</source>
        <translation>Recorrer las pistas</translation>
    </message>
    <message>
        <source>Play from the part that decided the genre</source>
        <translation>Reproducir desde la parte que decidió el género</translation>
    </message>
    <message>
        <source>Select all lines</source>
        <translation>Seleccionar todas las líneas</translation>
    </message>
    <message>
        <source>Select all that are shown</source>
        <translation>Seleccionar todas las visibles</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Seleccionar varias</translation>
    </message>
    <message>
        <source>Show or hide a state</source>
        <translation>Mostrar u ocultar un estado</translation>
    </message>
    <message>
        <source>Show the tracks of a bar or cell</source>
        <translation>Mostrar las pistas de una barra o celda</translation>
    </message>
    <message>
        <source>Take files or groups out, or put them back</source>
        <translation>Apartar archivos o grupos, o volver a incluirlos</translation>
    </message>
    <message>
        <source>To the first track found</source>
        <translation>A la primera pista encontrada</translation>
    </message>
    <message>
        <source>To the next part of the window, and back</source>
        <translation>A la siguiente parte de la ventana, y de vuelta</translation>
    </message>
    <message>
        <source>What can be typed into the filter</source>
        <translation>Qué se puede escribir en el filtro</translation>
    </message>
    <message>
        <source>While editing a genre</source>
        <translation>Al editar un género</translation>
    </message>
    <message>
        <source>Write what is checked</source>
        <translation>Escribir lo marcado</translation>
    </message>
</context>
<context>
    <name>Learn</name>
    <message>
        <source>Before anything is used, it shows how well it tells them apart on artists it did not learn from.</source>
        <translation>Antes de usar nada, muestra lo bien que los distingue en artistas de los que no aprendió.</translation>
    </message>
    <message>
        <source>Everything stays on this computer, and no file is changed.</source>
        <translation>Todo se queda en este ordenador y no se cambia ningún archivo.</translation>
    </message>
    <message>
        <source>Fewer than {n} artists: not a reliable figure.</source>
        <translation>Menos de {n} artistas: no es una cifra fiable.</translation>
    </message>
    <message>
        <source>Files that could not be read: {n}.</source>
        <translation>Archivos que no se pudieron leer: {n}.</translation>
    </message>
    <message>
        <source>Genres left out for having fewer than {tracks} tracks or {artists} artists ({n}): {genres}</source>
        <translation>Géneros omitidos por tener menos de {tracks} pistas o {artists} artistas ({n}): {genres}</translation>
    </message>
    <message>
        <source>Genretagger can learn your own genres from tracks it has heard whose genre is in their tags or was given by you.</source>
        <translation>Genretagger puede aprender tus propios géneros de las pistas que ha analizado y cuyo género está en sus etiquetas o lo has puesto tú.</translation>
    </message>
    <message>
        <source>Its confidences are off by {n} percentage points on average.</source>
        <translation>Sus confianzas se desvían {n} puntos porcentuales de media.</translation>
    </message>
    <message>
        <source>Learned {genres} genres from {tracks} tracks by {artists} artists; measured in {folds} parts, each with what was learned from the others.</source>
        <translation>Aprendidos {genres} géneros de {tracks} pistas de {artists} artistas; medido en {folds} partes, cada una con lo aprendido de las demás.</translation>
    </message>
    <message>
        <source>No verdict is right often enough to be called high.</source>
        <translation>Ningún veredicto acierta lo bastante para llamarse alto.</translation>
    </message>
    <message>
        <source>Of 100 tracks by artists it did not learn from, {right} were named correctly; always naming the most frequent genre would have been right for {baseline}.</source>
        <translation>De 100 pistas de artistas de los que no aprendió, {right} se nombraron bien; nombrar siempre el género más frecuente habría acertado en {baseline}.</translation>
    </message>
    <message>
        <source>So far, {n} of its {total} tracks are heard again.</source>
        <translation>Hasta ahora se han escuchado de nuevo {n} de sus {total} pistas.</translation>
    </message>
    <message>
        <source>The genres in the tags do not match the sound: this is hardly better than guessing, and is not kept unless you insist.</source>
        <translation>Los géneros de las etiquetas no se corresponden con el sonido: esto apenas es mejor que adivinar y no se guarda a menos que insistas.</translation>
    </message>
    <message>
        <source>The high level begins at {confidence}, where {n} of 100 were right.</source>
        <translation>El nivel alto empieza en {confidence}, donde {n} de 100 fueron correctos.</translation>
    </message>
    <message>
        <source>Tracks with a genre that were left out because they have not been analysed yet: {n}.</source>
        <translation>Pistas con género omitidas porque aún no se han analizado: {n}.</translation>
    </message>
    <message>
        <source>Tracks without an artist: {n}. If some are by the same artist, these figures are too optimistic.</source>
        <translation>Pistas sin artista: {n}. Si algunas son de un mismo artista, estas cifras son demasiado optimistas.</translation>
    </message>
    <message>
        <source>alongside</source>
        <translation>además</translation>
    </message>
    <message>
        <source>instead</source>
        <translation>en su lugar</translation>
    </message>
    <message>
        <source>{name} was learned from what another version of Genretagger heard, and you have no tracks of its genres to learn it from: it must come from the same version as this.</source>
        <translation>{name} se aprendió de lo que oyó otra versión de Genretagger, y no tienes pistas de sus géneros de las que aprenderlo: debe venir de la misma versión que esta.</translation>
    </message>
    <message>
        <source>{name} was learned from what another version of Genretagger heard, so it is set aside until you learn it again.</source>
        <translation>{name} se aprendió de lo que oyó otra versión de Genretagger, así que queda apartado hasta que lo aprendas de nuevo.</translation>
    </message>
</context>
<context>
    <name>LearnDialog</name>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>&amp;Use anyway</source>
        <translation>&amp;Usar de todos modos</translation>
    </message>
    <message>
        <source>Delete {name}? What it learned will be lost; your music files are not changed.</source>
        <translation>¿Eliminar {name}? Se perderá lo que aprendió; tus archivos de música no cambian.</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>Exportar {name}</translation>
    </message>
    <message>
        <source>Import a personal classifier</source>
        <translation>Importar un clasificador personal</translation>
    </message>
    <message>
        <source>Learn from my library</source>
        <translation>Aprender de mi biblioteca</translation>
    </message>
    <message>
        <source>On artists it did not learn from, {name} is hardly better than guessing. Use it anyway?</source>
        <translation>En artistas de los que no aprendió, {name} apenas es mejor que adivinar. ¿Usarlo de todos modos?</translation>
    </message>
</context>
<context>
    <name>LearnFeature</name>
    <message>
        <source>&amp;Learn from my library…</source>
        <translation>&amp;Aprender de mi biblioteca…</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Aprender</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>A rule of yours says the genre, whatever is heard.</source>
        <translation>Una regla tuya dice el género, suene como suene.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>Hollow: never accepted by itself; listen to it.</source>
        <translation>Hueca: nunca se acepta sola; escúchala.</translation>
    </message>
    <message>
        <source>None of the ten genres fits; this number is that of a style.</source>
        <translation>Ninguno de los diez géneros encaja; este número es el de un estilo.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Sugerido</translation>
    </message>
    <message>
        <source>The file has this genre already.</source>
        <translation>El archivo ya tiene este género.</translation>
    </message>
    <message>
        <source>The file keeps its genre: the settings or the file want it so.</source>
        <translation>El archivo conserva su género: así lo quieren los ajustes o el archivo.</translation>
    </message>
    <message>
        <source>The other tracks of the album raised the confidence.</source>
        <translation>Las otras pistas del álbum elevaron la confianza.</translation>
    </message>
    <message>
        <source>The other tracks of the album sound different.</source>
        <translation>Las otras pistas del álbum suenan distinto.</translation>
    </message>
    <message>
        <source>Writing puts this genre, in bold, into the file.</source>
        <translation>Al escribir, este género, en negrita, entra en el archivo.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nuevo</translation>
    </message>
    <message>
        <source>same</source>
        <translation>igual</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>se queda</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>At {confidence} or above, at least {n} of 100 verdicts were right on new music of these genres; on other music fewer.</source>
        <translation>Desde {confidence}, al menos {n} de 100 veredictos fueron correctos en música nueva de estos géneros; en otra música, menos.</translation>
    </message>
    <message>
        <source>Below {confidence}, verdicts are wrong more often; check them yourself.</source>
        <translation>Por debajo de {confidence}, los veredictos fallan más a menudo; revísalos.</translation>
    </message>
    <message>
        <source>High: one of the verdicts you can trust most.</source>
        <translation>Alto: entre los veredictos más fiables.</translation>
    </message>
    <message>
        <source>High: {n} of 100 such verdicts were right on artists it did not learn from.</source>
        <translation>Alto: {n} de 100 veredictos como este fueron correctos en artistas de los que no aprendió.</translation>
    </message>
    <message>
        <source>High: {n} of 100 such verdicts were right on music the model had not heard.</source>
        <translation>Alto: {n} de 100 veredictos como este fueron correctos en música que el modelo no había oído.</translation>
    </message>
    <message>
        <source>Low: below {confidence}, verdicts are wrong more often; better listen yourself.</source>
        <translation>Bajo: por debajo de {confidence} fallan más veredictos; mejor escúchala tú.</translation>
    </message>
    <message>
        <source>Low: verdicts like this are not right often enough; better listen yourself.</source>
        <translation>Bajo: los veredictos como este no aciertan lo bastante; mejor escúchala tú.</translation>
    </message>
    <message>
        <source>Medium: right more often than a low one.</source>
        <translation>Medio: acierta más a menudo que uno bajo.</translation>
    </message>
    <message>
        <source>Medium: {n} of 100 such verdicts were right on artists it did not learn from.</source>
        <translation>Medio: {n} de 100 veredictos como este fueron correctos en artistas de los que no aprendió.</translation>
    </message>
    <message>
        <source>Medium: {n} of 100 such verdicts were right on music the model had not heard.</source>
        <translation>Medio: {n} de 100 veredictos como este fueron correctos en música que el modelo no había oído.</translation>
    </message>
    <message>
        <source>at least {n} of 100 were right</source>
        <translation>al menos {n} de 100 fueron correctos</translation>
    </message>
    <message>
        <source>high</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>low</source>
        <translation>bajo</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>medio</translation>
    </message>
    <message>
        <source>often wrong; check them</source>
        <translation>a menudo erróneos; compruébalos</translation>
    </message>
    <message>
        <source>style</source>
        <translation>estilo</translation>
    </message>
    <message>
        <source>{confidence}, unsure</source>
        <translation>{confidence}, dudoso</translation>
    </message>
    <message>
        <source>{confidence}, unsure, a style</source>
        <translation>{confidence}, dudoso, un estilo</translation>
    </message>
    <message>
        <source>{confidence}, {level}</source>
        <translation>{confidence}, {level}</translation>
    </message>
    <message>
        <source>{confidence}, {level}, a style</source>
        <translation>{confidence}, {level}, un estilo</translation>
    </message>
    <message>
        <source>{confidence}, {level}, its album sounds different</source>
        <translation>{confidence}, {level}, su álbum suena distinto</translation>
    </message>
    <message>
        <source>{confidence}, {level}, raised by its album</source>
        <translation>{confidence}, {level}, elevado por su álbum</translation>
    </message>
</context>
<context>
    <name>ListeningPage</name>
    <message>
        <source>&amp;Genres:</source>
        <translation>&amp;Géneros:</translation>
    </message>
    <message>
        <source>&amp;Share of the computer:</source>
        <translation>Par&amp;te del ordenador:</translation>
    </message>
    <message>
        <source>&amp;Tracks analysed at once:</source>
        <translation>&amp;Pistas analizadas a la vez:</translation>
    </message>
    <message>
        <source>Accept at this &amp;confidence or above:</source>
        <translation>Aceptar desde esta &amp;confianza:</translation>
    </message>
    <message>
        <source>Accept at this confidence or above</source>
        <translation>Aceptar desde esta confianza</translation>
    </message>
    <message>
        <source>For example .cache or .git; folders named like music, such as .38 Special, are still heard.</source>
        <translation>Por ejemplo .cache o .git; las que se llaman como música, como .38 Special, sí se oyen.</translation>
    </message>
    <message>
        <source>Genres that are suggested</source>
        <translation>Géneros que se sugieren</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Escucha</translation>
    </message>
    <message>
        <source>More is faster, but leaves less of the computer for other programs.</source>
        <translation>Con más va más rápido, pero quedan menos recursos para otros programas.</translation>
    </message>
    <message>
        <source>Says how many tracks are analysed at once, if that is automatic.</source>
        <translation>Decide cuántas pistas se analizan a la vez, si eso es automático.</translation>
    </message>
    <message>
        <source>Share of the computer</source>
        <translation>Parte del ordenador</translation>
    </message>
    <message>
        <source>Skip programs&apos; hi&amp;dden folders</source>
        <translation>Omitir las carpetas &amp;ocultas de programas</translation>
    </message>
    <message>
        <source>Skip programs&apos; hidden folders</source>
        <translation>Omitir las carpetas ocultas de programas</translation>
    </message>
    <message>
        <source>Styles are finer or other genres, such as Punk, House or Folk.</source>
        <translation>Los estilos son géneros más precisos u otros, como Punk, House o Folk.</translation>
    </message>
    <message>
        <source>The starting value for Accept all; you can change it in the window.</source>
        <translation>El valor inicial de Aceptar todas; se puede cambiar en la ventana.</translation>
    </message>
    <message>
        <source>Tracks analysed at once</source>
        <translation>Pistas analizadas a la vez</translation>
    </message>
    <message>
        <source>all: like any other program</source>
        <translation>todo: como cualquier otro programa</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>gentle: half of the processors, when nobody needs them</source>
        <translation>discreto: la mitad de los procesadores, cuando nadie los necesita</translation>
    </message>
    <message>
        <source>normal: after other programs, and half on battery</source>
        <translation>normal: después de otros programas, y la mitad con batería</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Genretagger</source>
        <translation>Genretagger</translation>
    </message>
    <message>
        <source>Open a folder of music</source>
        <translation>Abrir una carpeta de música</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>ManualFeature</name>
    <message>
        <source>&amp;Manual</source>
        <translation>&amp;Manual</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>No program opened the manual; open {path} in a browser.</source>
        <translation>Ningún programa abrió el manual; abre {path} en un navegador.</translation>
    </message>
    <message>
        <source>The manual opens in your browser: {path}</source>
        <translation>El manual se abre en tu navegador: {path}</translation>
    </message>
    <message>
        <source>This installation holds no manual; install Genretagger again.</source>
        <translation>Esta instalación no contiene el manual; vuelve a instalar Genretagger.</translation>
    </message>
</context>
<context>
    <name>MappingModel</name>
    <message>
        <source>Heard</source>
        <translation>Oído</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Escrito</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Genres</source>
        <translation>&amp;Géneros</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Listen</source>
        <translation>&amp;Oír</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>&amp;Escribir</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Earlier messages: {n}</source>
        <translation>Mensajes anteriores: {n}</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Model card</source>
        <translation>Ficha del modelo</translation>
    </message>
    <message>
        <source>This installation has no model card.</source>
        <translation>Esta instalación no tiene ficha del modelo.</translation>
    </message>
</context>
<context>
    <name>NextStep</name>
    <message>
        <source>1 file is as it was before.</source>
        <translation>1 archivo está como antes.</translation>
    </message>
    <message>
        <source>1 file is not.</source>
        <translation>1 archivo no.</translation>
    </message>
    <message>
        <source>1 file was not.</source>
        <translation>1 archivo no.</translation>
    </message>
    <message>
        <source>1 file written.</source>
        <translation>1 archivo escrito.</translation>
    </message>
    <message>
        <source>1 track failed.</source>
        <translation>1 pista falló.</translation>
    </message>
    <message>
        <source>1 track has a different genre from the one heard.</source>
        <translation>1 pista tiene un género distinto del oído.</translation>
    </message>
    <message>
        <source>1 track is not analysed yet.</source>
        <translation>1 pista aún no se ha analizado.</translation>
    </message>
    <message>
        <source>1 track is unsure: better listen to it.</source>
        <translation>1 pista es dudosa: mejor escúchala.</translation>
    </message>
    <message>
        <source>1 track without a genre can get one; it is not sure.</source>
        <translation>1 pista sin género puede recibir uno; no es segura.</translation>
    </message>
    <message>
        <source>1 track without a genre can get one; it is sure.</source>
        <translation>1 pista sin género puede recibir uno; es segura.</translation>
    </message>
    <message>
        <source>All done: nothing left to decide or write.</source>
        <translation>Todo listo: no queda nada por decidir ni escribir.</translation>
    </message>
    <message>
        <source>Everything is decided.</source>
        <translation>Todo está decidido.</translation>
    </message>
    <message>
        <source>No file was restored.</source>
        <translation>No se restauró ningún archivo.</translation>
    </message>
    <message>
        <source>No file was written.</source>
        <translation>No se escribió ningún archivo.</translation>
    </message>
    <message>
        <source>Nothing here can be given a genre.</source>
        <translation>Aquí no hay nada a lo que poner género.</translation>
    </message>
    <message>
        <source>Nothing to do: the genres agree with what was heard.</source>
        <translation>Nada que hacer: los géneros coinciden con lo oído.</translation>
    </message>
    <message>
        <source>{n} files are as they were before.</source>
        <translation>{n} archivos están como antes.</translation>
    </message>
    <message>
        <source>{n} files are not.</source>
        <translation>{n} archivos no.</translation>
    </message>
    <message>
        <source>{n} files were not.</source>
        <translation>{n} archivos no.</translation>
    </message>
    <message>
        <source>{n} files written.</source>
        <translation>{n} archivos escritos.</translation>
    </message>
    <message>
        <source>{n} tracks are not analysed yet.</source>
        <translation>{n} pistas aún no se han analizado.</translation>
    </message>
    <message>
        <source>{n} tracks are unsure: better listen to them.</source>
        <translation>{n} pistas son dudosas: mejor escúchalas.</translation>
    </message>
    <message>
        <source>{n} tracks failed.</source>
        <translation>{n} pistas fallaron.</translation>
    </message>
    <message>
        <source>{n} tracks have a different genre from the one heard.</source>
        <translation>{n} pistas tienen un género distinto del oído.</translation>
    </message>
    <message>
        <source>{n} tracks without a genre can get one, none of them sure.</source>
        <translation>{n} pistas sin género pueden recibir uno, ninguna segura.</translation>
    </message>
    <message>
        <source>{n} tracks without a genre can get one, {sure} of them sure.</source>
        <translation>{n} pistas sin género pueden recibir uno, {sure} de ellas seguras.</translation>
    </message>
</context>
<context>
    <name>NextStepBar</name>
    <message>
        <source>Accept {n} sure</source>
        <translation>Aceptar {n} seguras</translation>
    </message>
    <message>
        <source>Close until the next job is over</source>
        <translation>Cerrar hasta que termine el próximo trabajo</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Look at {n}</source>
        <translation>Ver {n}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>Mostrar por qué</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Write {n}…</source>
        <translation>Escribir {n}…</translation>
    </message>
</context>
<context>
    <name>NextStepFeature</name>
    <message>
        <source>Next step</source>
        <translation>Siguiente paso</translation>
    </message>
    <message>
        <source>Nothing is offered right now.</source>
        <translation>Ahora no se ofrece nada.</translation>
    </message>
    <message>
        <source>Show only these tracks; other states: {keys}</source>
        <translation>Mostrar solo estas pistas; otros estados: {keys}</translation>
    </message>
    <message>
        <source>Show them, and accept those from {threshold} on ({keys})</source>
        <translation>Mostrarlas y aceptar las que llegan a {threshold} ({keys})</translation>
    </message>
    <message>
        <source>To the ne&amp;xt step</source>
        <translation>Al &amp;siguiente paso</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Details are in {log}; Help &gt; Copy report has what to send.</source>
        <translation>Los detalles están en {log}; Ayuda &gt; Copiar informe tiene lo que conviene enviar.</translation>
    </message>
    <message>
        <source>Genretagger made a mistake</source>
        <translation>Genretagger cometió un error</translation>
    </message>
    <message>
        <source>Something unexpected happened. Your files are safe: every write is undone or finished the next time the program starts.</source>
        <translation>Ocurrió algo inesperado. Tus archivos están a salvo: cada escritura se deshace o se termina la próxima vez que se inicie el programa.</translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>OpenFoldersFeature</name>
    <message>
        <source>&amp;Analyse again</source>
        <translation>A&amp;nalizar de nuevo</translation>
    </message>
    <message>
        <source>&amp;Continue analysis</source>
        <translation>Co&amp;ntinuar el análisis</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>&amp;Abrir carpeta…</translation>
    </message>
    <message>
        <source>&amp;Recent folders</source>
        <translation>Carpetas &amp;recientes</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>De&amp;tener</translation>
    </message>
    <message>
        <source>A&amp;dd folder…</source>
        <translation>Aña&amp;dir carpeta…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>Analizar</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>No selected track has failed.</source>
        <translation>Ninguna pista seleccionada ha fallado.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Open a folder first (Ctrl+O).</source>
        <translation>Abre antes una carpeta (Ctrl+O).</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Recientes</translation>
    </message>
    <message>
        <source>Sample music</source>
        <translation>Música de muestra</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>There is nothing to stop.</source>
        <translation>No hay nada que detener.</translation>
    </message>
    <message>
        <source>Tr&amp;y it with sample music</source>
        <translation>&amp;Probar con música de muestra</translation>
    </message>
    <message>
        <source>Try &amp;failed tracks again</source>
        <translation>Volver a pro&amp;bar las pistas fallidas</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>{folder} — Genretagger</source>
        <translation>{folder} — Genretagger</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Nothing has been heard yet. Here you will see the genres of your music now and after writing, how sure the suggestions are, and where your tags disagree.</source>
        <translation>Aún no se ha analizado nada. Aquí verás los géneros de tu música ahora y después de escribir, lo seguras que son las sugerencias y dónde discrepan tus etiquetas.</translation>
    </message>
    <message>
        <source>Tagged {tagged}, heard {heard}; tracks: {n}</source>
        <translation>Etiquetado {tagged}, oído {heard}; pistas: {n}</translation>
    </message>
    <message>
        <source>The library at a glance</source>
        <translation>La biblioteca de un vistazo</translation>
    </message>
    <message>
        <source>no genre</source>
        <translation>sin género</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>dudoso</translation>
    </message>
    <message>
        <source>{genre} and its styles</source>
        <translation>{genre} y sus estilos</translation>
    </message>
    <message>
        <source>{genre}; tracks now: {before}, after writing: {after}</source>
        <translation>{genre}; pistas ahora: {before}, después de escribir: {after}</translation>
    </message>
    <message>
        <source>{genre}; tracks: {before}, unchanged</source>
        <translation>{genre}; pistas: {before}, sin cambios</translation>
    </message>
    <message>
        <source>{low} to {high}; tracks: {n}</source>
        <translation>de {low} a {high}; pistas: {n}</translation>
    </message>
    <message>
        <source>{n} others</source>
        <translation>{n} otros</translation>
    </message>
</context>
<context>
    <name>OverviewFeature</name>
    <message>
        <source>&amp;Overview</source>
        <translation>&amp;Vista general</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisión</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Vista general</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Dashed: the threshold, {threshold}</source>
        <translation>Línea discontinua: el umbral, {threshold}</translation>
    </message>
    <message>
        <source>Genre in tags (rows) against genre heard (columns)</source>
        <translation>Género en etiquetas (filas) frente a género oído (columnas)</translation>
    </message>
    <message>
        <source>Genres now and after writing</source>
        <translation>Géneros ahora y después de escribir</translation>
    </message>
    <message>
        <source>Genres, now and after writing</source>
        <translation>Géneros, ahora y después de escribir</translation>
    </message>
    <message>
        <source>Hollow: now. Filled: after writing what you accepted. {policy}.</source>
        <translation>Hueco: ahora. Relleno: después de escribir lo aceptado. {policy}.</translation>
    </message>
    <message>
        <source>How sure the suggestions are</source>
        <translation>Lo seguras que son las sugerencias</translation>
    </message>
    <message>
        <source>Open a folder of music…</source>
        <translation>Abrir una carpeta de música…</translation>
    </message>
    <message>
        <source>The stronger the colour, the more tracks; a frame marks where both agree, a finer genre too: Dub with Reggae. To see the tracks of a cell, click it, or move to it with the arrow keys and press Return.</source>
        <translation>Cuanto más intenso el color, más pistas; un marco indica dónde coinciden ambos, también con un género más fino: Dub con Reggae. Para ver las pistas de una celda, haz clic en ella, o ve a ella con las flechas y pulsa Retorno.</translation>
    </message>
    <message>
        <source>Where the model and your tags disagree most</source>
        <translation>Dónde más discrepan el modelo y tus etiquetas</translation>
    </message>
</context>
<context>
    <name>PairList</name>
    <message>
        <source>Nowhere: no track has a genre other than the one heard.</source>
        <translation>En ningún sitio: ninguna pista tiene un género distinto del oído.</translation>
    </message>
    <message>
        <source>Where the model and your tags disagree most</source>
        <translation>Dónde más discrepan el modelo y tus etiquetas</translation>
    </message>
</context>
<context>
    <name>PauseFeature</name>
    <message>
        <source>&amp;Pause</source>
        <translation>Pa&amp;usar</translation>
    </message>
    <message>
        <source>No track is being heard.</source>
        <translation>No se está analizando ninguna pista.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>R&amp;eanudar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
</context>
<context>
    <name>PlayBar</name>
    <message>
        <source>{position} of {length}</source>
        <translation>{position} de {length}</translation>
    </message>
</context>
<context>
    <name>PlaybackFeature</name>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausa</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Reproducir</translation>
    </message>
    <message>
        <source>Five seconds &amp;back</source>
        <translation>Cinco segundos &amp;atrás</translation>
    </message>
    <message>
        <source>Five seconds &amp;forward</source>
        <translation>Cinco segundos a&amp;delante</translation>
    </message>
    <message>
        <source>Five seconds back</source>
        <translation>Cinco segundos atrás</translation>
    </message>
    <message>
        <source>Five seconds forward</source>
        <translation>Cinco segundos adelante</translation>
    </message>
    <message>
        <source>Nothing is being played (Space).</source>
        <translation>No suena nada (Espacio).</translation>
    </message>
    <message>
        <source>Nothing is played while files are written.</source>
        <translation>No suena nada mientras se escriben archivos.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Sound cannot be played: no audio device was found.</source>
        <translation>No se puede reproducir sonido: no se encontró ningún dispositivo de audio.</translation>
    </message>
    <message>
        <source>Sound cannot be played: this build of Qt lacks QtMultimedia.</source>
        <translation>No se puede reproducir sonido: a esta versión de Qt le falta QtMultimedia.</translation>
    </message>
    <message>
        <source>Volume &amp;down</source>
        <translation>&amp;Bajar volumen</translation>
    </message>
    <message>
        <source>Volume &amp;up</source>
        <translation>&amp;Subir volumen</translation>
    </message>
    <message>
        <source>Volume down</source>
        <translation>Bajar volumen</translation>
    </message>
    <message>
        <source>Volume up</source>
        <translation>Subir volumen</translation>
    </message>
    <message>
        <source>Volume: {n} %</source>
        <translation>Volumen: {n} %</translation>
    </message>
    <message>
        <source>{path} cannot be played.</source>
        <translation>{path} no se puede reproducir.</translation>
    </message>
</context>
<context>
    <name>Policy</name>
    <message>
        <source>Add: keep existing genres and add the new one</source>
        <translation>Añadir: conservar los géneros existentes y añadir el nuevo</translation>
    </message>
    <message>
        <source>Correct: replace only genres that contradict the new one</source>
        <translation>Corregir: sustituye solo los géneros que contradicen al nuevo</translation>
    </message>
    <message>
        <source>Fill: write only where there is no genre</source>
        <translation>Rellenar: escribir solo donde no hay género</translation>
    </message>
    <message>
        <source>Replace: put the new genre in place of all others</source>
        <translation>Sustituir: poner el género nuevo en lugar de todos los demás</translation>
    </message>
</context>
<context>
    <name>PreviewModel</name>
    <message>
        <source>Each of these {n} files</source>
        <translation>Cada uno de estos {n} archivos</translation>
    </message>
    <message>
        <source>This file</source>
        <translation>Este archivo</translation>
    </message>
    <message>
        <source>each of these {n} files</source>
        <translation>cada uno de estos {n} archivos</translation>
    </message>
    <message>
        <source>this file</source>
        <translation>este archivo</translation>
    </message>
</context>
<context>
    <name>ProtectedEditor</name>
    <message>
        <source>A&amp;dd</source>
        <translation>Aña&amp;dir</translation>
    </message>
    <message>
        <source>Genre to protect</source>
        <translation>Género que proteger</translation>
    </message>
    <message>
        <source>Genre to protect, for example Audiobook</source>
        <translation>Género que proteger, por ejemplo Audiolibro</translation>
    </message>
    <message>
        <source>Protected genres</source>
        <translation>Géneros protegidos</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Quitar</translation>
    </message>
</context>
<context>
    <name>RecentButton</name>
    <message>
        <source>not available right now</source>
        <translation>no disponible ahora mismo</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Recent folders</source>
        <translation>Carpetas recientes</translation>
    </message>
    <message>
        <source>Remove {folder} from this list</source>
        <translation>Quitar {folder} de esta lista</translation>
    </message>
    <message>
        <source>{action} (Del)</source>
        <translation>{action} (Supr)</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Copiar informe</translation>
    </message>
    <message>
        <source>Include &amp;names and paths of my files, artists and titles</source>
        <translation>Incluir &amp;nombres y rutas de mis archivos, artistas y títulos</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>This text helps to find a bug: paste it into your message. Nothing is sent; the clipboard gets exactly what you see here.</source>
        <translation>Este texto ayuda a encontrar un error: pégalo en tu mensaje. No se envía nada; el portapapeles recibe exactamente lo que ves aquí.</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Back to the &amp;list</source>
        <translation>&amp;Volver a la lista</translation>
    </message>
    <message>
        <source>How well each genre is recognised</source>
        <translation>Lo bien que se reconoce cada género</translation>
    </message>
    <message>
        <source>Use &amp;alongside the ten genres</source>
        <translation>Usar &amp;junto a los diez géneros</translation>
    </message>
    <message>
        <source>Use &amp;instead of them</source>
        <translation>Usar en su &amp;lugar</translation>
    </message>
</context>
<context>
    <name>ResultFeature</name>
    <message>
        <source>&amp;Analyse again</source>
        <translation>A&amp;nalizar de nuevo</translation>
    </message>
    <message>
        <source>&amp;What failed</source>
        <translation>&amp;Qué falló</translation>
    </message>
    <message>
        <source>Last &amp;result</source>
        <translation>Último &amp;resultado</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>Último resultado</translation>
    </message>
    <message>
        <source>No track failed.</source>
        <translation>Ninguna pista falló.</translation>
    </message>
    <message>
        <source>None of these files needs writing any more.</source>
        <translation>Ya no hay que escribir ninguno de estos archivos.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Aún no se ha escrito nada.</translation>
    </message>
    <message>
        <source>Re&amp;try</source>
        <translation>Rein&amp;tentar</translation>
    </message>
    <message>
        <source>The filter hides this track.</source>
        <translation>El filtro oculta esta pista.</translation>
    </message>
    <message>
        <source>This track is not in the table.</source>
        <translation>Esta pista no está en la tabla.</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Qué falló</translation>
    </message>
</context>
<context>
    <name>ResultModel</name>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>&amp;Back</source>
        <translation>Vo&amp;lver</translation>
    </message>
    <message>
        <source>&amp;Undo write</source>
        <translation>&amp;Deshacer escritura</translation>
    </message>
    <message>
        <source>All restored: {total} of {total}</source>
        <translation>Todos restaurados: {total} de {total}</translation>
    </message>
    <message>
        <source>All written: {total} of {total}</source>
        <translation>Todos escritos: {total} de {total}</translation>
    </message>
    <message>
        <source>Already had it</source>
        <translation>Ya lo tenía</translation>
    </message>
    <message>
        <source>Back to the tracks (Esc)</source>
        <translation>Volver a las pistas (Esc)</translation>
    </message>
    <message>
        <source>Failed: {n} of {total}</source>
        <translation>Con error: {n} de {total}</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>No se toca</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Sin hacer</translation>
    </message>
    <message>
        <source>Not restored: {n} of {total}</source>
        <translation>Sin restaurar: {n} de {total}</translation>
    </message>
    <message>
        <source>Not tried: the work ended first; these files are unchanged</source>
        <translation>Sin intentar: el trabajo terminó antes; estos archivos no han cambiado</translation>
    </message>
    <message>
        <source>Not written: {n} of {total}</source>
        <translation>Sin escribir: {n} de {total}</translation>
    </message>
    <message>
        <source>Re&amp;try</source>
        <translation>Rein&amp;tentar</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Restaurado</translation>
    </message>
    <message>
        <source>What happened to the files</source>
        <translation>Qué pasó con los archivos</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Escrito</translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>It fits 1 track that is open now.</source>
        <translation>Se aplica a 1 pista de las abiertas.</translation>
    </message>
    <message>
        <source>It fits no track that is open now.</source>
        <translation>No se aplica a ninguna pista de las abiertas.</translation>
    </message>
    <message>
        <source>It fits {n} tracks that are open now.</source>
        <translation>Se aplica a {n} pistas de las abiertas.</translation>
    </message>
    <message>
        <source>Nothing is suggested, and nothing is written.</source>
        <translation>No se sugiere nada y no se escribe nada.</translation>
    </message>
    <message>
        <source>The file already has this genre.</source>
        <translation>El archivo ya tiene este género.</translation>
    </message>
    <message>
        <source>The file has a different genre.</source>
        <translation>El archivo tiene un género distinto.</translation>
    </message>
    <message>
        <source>The file says more than your rule, and keeps its genre unless you change it.</source>
        <translation>El archivo dice más que tu regla y conserva su género salvo que tú lo cambies.</translation>
    </message>
    <message>
        <source>Tracks in {name} are always {genres}.</source>
        <translation>Las pistas de {name} son siempre {genres}.</translation>
    </message>
    <message>
        <source>Your rule: {rule} {heard}.</source>
        <translation>Tu regla: {rule} {heard}.</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>regla</translation>
    </message>
    <message>
        <source>{name} is always {genres}.</source>
        <translation>{name} es siempre {genres}.</translation>
    </message>
    <message>
        <source>{name} is left alone.</source>
        <translation>{name} no se toca.</translation>
    </message>
</context>
<context>
    <name>RuleDialog</name>
    <message>
        <source>&amp;Browse…</source>
        <translation>E&amp;xaminar…</translation>
    </message>
    <message>
        <source>&amp;For:</source>
        <translation>&amp;Para:</translation>
    </message>
    <message>
        <source>&amp;Then:</source>
        <translation>En&amp;tonces:</translation>
    </message>
    <message>
        <source>A genre cannot contain | or =.</source>
        <translation>Un género no puede contener | ni =.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Elige una carpeta</translation>
    </message>
    <message>
        <source>Enter a genre, or choose “is left alone”.</source>
        <translation>Escribe un género o elige «no se toca».</translation>
    </message>
    <message>
        <source>Enter the name of an artist.</source>
        <translation>Escribe el nombre de un artista.</translation>
    </message>
    <message>
        <source>Enter the whole path of a folder, or choose one by Browse.</source>
        <translation>Escribe la ruta completa de una carpeta o elige una con Examinar.</translation>
    </message>
    <message>
        <source>Genre, for example Folk</source>
        <translation>Género, por ejemplo Folk</translation>
    </message>
    <message>
        <source>Genres, separated by semicolons</source>
        <translation>Géneros, separados por punto y coma</translation>
    </message>
    <message>
        <source>Name of the artist, or the folder</source>
        <translation>Nombre del artista, o la carpeta</translation>
    </message>
    <message>
        <source>Nothing is suggested for these tracks, and no decision on several tracks takes them along. What you accepted before stays accepted.</source>
        <translation>No se sugiere nada para estas pistas, y ninguna decisión sobre varias pistas las incluye. Lo que aceptaste antes sigue aceptado.</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regla</translation>
    </message>
    <message>
        <source>There can be no rule for this name.</source>
        <translation>No puede haber una regla para este nombre.</translation>
    </message>
    <message>
        <source>There is a rule for this already: edit that one.</source>
        <translation>Ya hay una regla para esto: edítala.</translation>
    </message>
    <message>
        <source>This genre is suggested whatever is heard. Nothing is written until you accept it.</source>
        <translation>Este género se sugiere suene como suene. No se escribe nada hasta que lo aceptes.</translation>
    </message>
    <message>
        <source>What the rule is about</source>
        <translation>De qué trata la regla</translation>
    </message>
    <message>
        <source>What the rule says</source>
        <translation>Qué dice la regla</translation>
    </message>
    <message>
        <source>is always</source>
        <translation>es siempre</translation>
    </message>
    <message>
        <source>is left alone</source>
        <translation>no se toca</translation>
    </message>
    <message>
        <source>{what} The rule holds for all folders below it, too.</source>
        <translation>{what} La regla vale también para todas las carpetas que contiene.</translation>
    </message>
</context>
<context>
    <name>RuleFeature</name>
    <message>
        <source>&amp;Always this genre for the artist…</source>
        <translation>&amp;Siempre este género para el artista…</translation>
    </message>
    <message>
        <source>&amp;Always this genre for {name}…</source>
        <translation>&amp;Siempre este género para {name}…</translation>
    </message>
    <message>
        <source>&amp;Leave folder {name} alone</source>
        <translation>&amp;No tocar la carpeta {name}</translation>
    </message>
    <message>
        <source>&amp;Leave the folder alone</source>
        <translation>&amp;No tocar la carpeta</translation>
    </message>
    <message>
        <source>Always this genre in &amp;folder {name}…</source>
        <translation>Siempre este género en la &amp;carpeta {name}…</translation>
    </message>
    <message>
        <source>Always this genre in the &amp;folder…</source>
        <translation>Siempre este género en la &amp;carpeta…</translation>
    </message>
    <message>
        <source>F&amp;orget the rule</source>
        <translation>&amp;Olvidar la regla</translation>
    </message>
    <message>
        <source>F&amp;orget the rule for {name}</source>
        <translation>&amp;Olvidar la regla para {name}</translation>
    </message>
    <message>
        <source>Forget rule</source>
        <translation>Olvidar regla</translation>
    </message>
    <message>
        <source>Forgotten: {rule}</source>
        <translation>Olvidada: {rule}</translation>
    </message>
    <message>
        <source>Genre in folder</source>
        <translation>Género en carpeta</translation>
    </message>
    <message>
        <source>Genre of artist</source>
        <translation>Género de artista</translation>
    </message>
    <message>
        <source>Leave folder alone</source>
        <translation>No tocar carpeta</translation>
    </message>
    <message>
        <source>No rule holds for this track.</source>
        <translation>Ninguna regla vale para esta pista.</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regla</translation>
    </message>
    <message>
        <source>Rule for this trac&amp;k</source>
        <translation>Regla para esta &amp;pista</translation>
    </message>
    <message>
        <source>This folder is left alone already.</source>
        <translation>Esta carpeta ya no se toca.</translation>
    </message>
    <message>
        <source>This track names no artist.</source>
        <translation>Esta pista no nombra ningún artista.</translation>
    </message>
    <message>
        <source>{rule} This is suggested; nothing is written until you accept it.</source>
        <translation>{rule} Se sugiere; no se escribe nada hasta que lo aceptes.</translation>
    </message>
    <message>
        <source>{rule} You can forget the rule in the menu Genres, or in the settings.</source>
        <translation>{rule} Puedes olvidar la regla en el menú Géneros o en los ajustes.</translation>
    </message>
</context>
<context>
    <name>RulesModel</name>
    <message>
        <source>For</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>sin tocar</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Editar…</translation>
    </message>
    <message>
        <source>&amp;Rules</source>
        <translation>&amp;Reglas</translation>
    </message>
    <message>
        <source>A rule says which genre an artist or a folder always has, or leaves it alone. It only suggests: nothing is written until you accept.</source>
        <translation>Una regla dice qué género tiene siempre un artista o una carpeta, o no los toca. Solo sugiere: no se escribe nada hasta que aceptes.</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>A&amp;ñadir…</translation>
    </message>
    <message>
        <source>An artist&apos;s rule comes before a folder&apos;s, and the innermost folder&apos;s before others. A folder that is left alone stays so, whatever rules its artists have.</source>
        <translation>La regla de un artista va antes que la de una carpeta, y la de la carpeta más interior antes que las demás. Una carpeta que no se toca sigue así, sean cuales sean las reglas de sus artistas.</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Reglas</translation>
    </message>
    <message>
        <source>There are no rules yet. Add one here, or in the menu of a track, where “Rule for this track” has its artist and folder filled in.</source>
        <translation>Aún no hay reglas. Añade una aquí o en el menú de una pista, donde «Regla para esta pista» ya trae su artista y su carpeta.</translation>
    </message>
</context>
<context>
    <name>SavedFiltersDialog</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>F2 renames, Delete removes.</source>
        <translation>F2 cambia el nombre, Suprimir lo quita.</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Filtros guardados</translation>
    </message>
</context>
<context>
    <name>SetAsideFeature</name>
    <message>
        <source>Learn again</source>
        <translation>Aprender de nuevo</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Defaults of this page</source>
        <translation>Valores iniciales de esta página</translation>
    </message>
    <message>
        <source>OK saves the settings shown here instead.</source>
        <translation>Aceptar guarda en su lugar los ajustes que se muestran aquí.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Settings pages</source>
        <translation>Páginas de ajustes</translation>
    </message>
    <message>
        <source>Work in progress keeps the settings it started with.</source>
        <translation>El trabajo en curso conserva los ajustes con los que empezó.</translation>
    </message>
    <message>
        <source>{page} (!)</source>
        <translation>{page} (!)</translation>
    </message>
</context>
<context>
    <name>SettingsFeature</name>
    <message>
        <source>&amp;Heard and written genres…</source>
        <translation>Géneros &amp;oídos y escritos…</translation>
    </message>
    <message>
        <source>All &amp;rules…</source>
        <translation>Todas las &amp;reglas…</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>Correspondencias</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Reglas</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>A&amp;justes…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Settings saved.</source>
        <translation>Ajustes guardados.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>No shortcut does that.</source>
        <translation>Ningún atajo hace eso.</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>Buscar en los atajos</translation>
    </message>
    <message>
        <source>Search: accept, Ctrl+S, album …</source>
        <translation>Buscar: aceptar, Control+S, álbum …</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
    <message>
        <source>Shortcuts and signs</source>
        <translation>Atajos y signos</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>Signos</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Qué hace</translation>
    </message>
</context>
<context>
    <name>SignLegend</name>
    <message>
        <source>Sign</source>
        <translation>Signo</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>Signos</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Qué significa</translation>
    </message>
</context>
<context>
    <name>SpellingFeature</name>
    <message>
        <source>Files with a new spelling accepted, not yet written: {n}</source>
        <translation>Archivos con grafía nueva aceptada, por escribir: {n}</translation>
    </message>
    <message>
        <source>Spellings</source>
        <translation>Grafías</translation>
    </message>
    <message>
        <source>Unify &amp;spellings…</source>
        <translation>Unificar &amp;grafías…</translation>
    </message>
</context>
<context>
    <name>SpellingModel</name>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>In your files</source>
        <translation>En tus archivos</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>{genres}: another name</source>
        <translation>{genres}: otro nombre</translation>
    </message>
    <message>
        <source>{genres}: several in one text</source>
        <translation>{genres}: varios en un texto</translation>
    </message>
    <message>
        <source>{genre} ({n})</source>
        <translation>{genre} ({n})</translation>
    </message>
</context>
<context>
    <name>SpellingsDialog</name>
    <message>
        <source>&amp;Unify (files: {n})</source>
        <translation>&amp;Unificar (archivos: {n})</translation>
    </message>
    <message>
        <source>Checked genres get a single spelling. It is accepted but not written yet: you will see it again before the next write, which replaces the old spelling whatever you choose there for other files. All other genres of a file stay.</source>
        <translation>Los géneros marcados pasan a tener una sola grafía. Se acepta, pero aún no se escribe: la verás otra vez antes de la próxima escritura, que sustituye la grafía antigua elijas lo que elijas allí para los demás archivos. Los otros géneros de un archivo se conservan.</translation>
    </message>
    <message>
        <source>Every genre of these tracks is spelled in one way only.</source>
        <translation>Cada género de estas pistas está escrito de una sola manera.</translation>
    </message>
    <message>
        <source>Files left out because other genres are accepted for them: {n}</source>
        <translation>Archivos omitidos porque tienen aceptados otros géneros: {n}</translation>
    </message>
    <message>
        <source>Files left out because they cannot be written: {n}</source>
        <translation>Archivos omitidos porque no se pueden escribir: {n}</translation>
    </message>
    <message>
        <source>Files left out because they have not been heard yet: {n}</source>
        <translation>Archivos omitidos porque aún no se han analizado: {n}</translation>
    </message>
    <message>
        <source>Genres spelled in several ways</source>
        <translation>Géneros escritos de varias maneras</translation>
    </message>
    <message>
        <source>Space checks a row, Return changes what will be written.</source>
        <translation>Espacio marca una fila, Retorno cambia lo que se escribirá.</translation>
    </message>
    <message>
        <source>Spellings of genres</source>
        <translation>Grafías de los géneros</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Genretagger listens to every track and shows the genre it hears.</source>
        <translation>Genretagger escucha cada pista y muestra el género que oye.</translation>
    </message>
    <message>
        <source>Makes a few short tracks in a folder of their own, which you can delete at any time.</source>
        <translation>Crea unas pistas cortas en una carpeta propia, que puedes borrar cuando quieras.</translation>
    </message>
    <message>
        <source>Open a folder of music…</source>
        <translation>Abrir una carpeta de música…</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Carpetas recientes</translation>
    </message>
    <message>
        <source>Try it with sample music</source>
        <translation>Probar con música de muestra</translation>
    </message>
    <message>
        <source>Trying it is safe: no file changes without your consent, and everything can be undone.</source>
        <translation>Probar no tiene riesgo: ningún archivo cambia sin tu permiso y todo se puede deshacer.</translation>
    </message>
    <message>
        <source>What genre is it?</source>
        <translation>¿Qué género es?</translation>
    </message>
    <message>
        <source>You decide: accept, change or reject each suggestion.</source>
        <translation>Tú decides: acepta, cambia o rechaza cada sugerencia.</translation>
    </message>
    <message>
        <source>or drop a folder here</source>
        <translation>o suelta una carpeta aquí</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>A rule of yours leaves this track alone: nothing is suggested.</source>
        <translation>Una regla tuya no toca esta pista: no se sugiere nada.</translation>
    </message>
    <message>
        <source>An earlier version heard this track; it is heard again.</source>
        <translation>Una versión anterior escuchó esta pista; se escucha de nuevo.</translation>
    </message>
    <message>
        <source>Better listen to this one yourself.</source>
        <translation>Mejor escúchala tú.</translation>
    </message>
    <message>
        <source>Something went wrong with this file.</source>
        <translation>Algo salió mal con este archivo.</translation>
    </message>
    <message>
        <source>The file already has the genre that was heard.</source>
        <translation>El archivo ya tiene el género que se oyó.</translation>
    </message>
    <message>
        <source>The file has a different genre from the one heard.</source>
        <translation>El archivo tiene un género distinto del que se oyó.</translation>
    </message>
    <message>
        <source>The file has no genre.</source>
        <translation>El archivo no tiene género.</translation>
    </message>
    <message>
        <source>The file says more than was heard, and keeps its genre unless you change it.</source>
        <translation>El archivo dice más de lo que se oyó y conserva su género salvo que tú lo cambies.</translation>
    </message>
    <message>
        <source>The genre you accepted is in the file.</source>
        <translation>El género que aceptaste está en el archivo.</translation>
    </message>
    <message>
        <source>There is nothing to hear in this file.</source>
        <translation>No hay nada que oír en este archivo.</translation>
    </message>
    <message>
        <source>There is too little audio to judge.</source>
        <translation>Hay muy poco audio para juzgar.</translation>
    </message>
    <message>
        <source>This does not sound like music: perhaps speech or noise.</source>
        <translation>Esto no suena a música: quizá voz hablada o ruido.</translation>
    </message>
    <message>
        <source>This track has not been analysed yet.</source>
        <translation>Esta pista aún no se ha analizado.</translation>
    </message>
    <message>
        <source>Unsure: no genre stands out.</source>
        <translation>Dudoso: no destaca ningún género.</translation>
    </message>
    <message>
        <source>Unsure: parts of the track sound like different genres.</source>
        <translation>Dudoso: partes de la pista suenan a géneros distintos.</translation>
    </message>
    <message>
        <source>Unsure: sounds like none of the ten genres.</source>
        <translation>Dudoso: no suena a ninguno de los diez géneros.</translation>
    </message>
    <message>
        <source>Unsure: unlike any music that the model has learned from.</source>
        <translation>Dudoso: distinto de toda la música de la que aprendió el modelo.</translation>
    </message>
    <message>
        <source>You accepted this genre; it is not written yet.</source>
        <translation>Aceptaste este género; aún no está escrito.</translation>
    </message>
    <message>
        <source>You rejected the suggestion; nothing is written.</source>
        <translation>Rechazaste la sugerencia; no se escribe nada.</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>coincide</translation>
    </message>
    <message>
        <source>agrees (finer)</source>
        <translation>coincide (más fino)</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>difiere</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>sin tocar</translation>
    </message>
    <message>
        <source>missing genre</source>
        <translation>sin género</translation>
    </message>
    <message>
        <source>not music</source>
        <translation>no es música</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>pendiente</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rechazado</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>en silencio</translation>
    </message>
    <message>
        <source>too short</source>
        <translation>muy corto</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>dudoso</translation>
    </message>
    <message>
        <source>written</source>
        <translation>escrito</translation>
    </message>
    <message>
        <source>{genre} is a kind of {broader}.</source>
        <translation>{genre} es un tipo de {broader}.</translation>
    </message>
    <message>
        <source>“{genre}” says nothing of how music sounds.</source>
        <translation>«{genre}» no dice nada de cómo suena la música.</translation>
    </message>
</context>
<context>
    <name>StateFilterBar</name>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>States shown</source>
        <translation>Estados visibles</translation>
    </message>
    <message>
        <source>With a finer genre than was heard: {n} (state:finer)</source>
        <translation>Con un género más fino que el oído: {n} (state:finer)</translation>
    </message>
    <message>
        <source>{state}; tracks: {n}</source>
        <translation>{state}; pistas: {n}</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Accepted, nothing to write: {n}</source>
        <translation>Aceptadas, nada que escribir: {n}</translation>
    </message>
    <message>
        <source>Analysed 1 track.</source>
        <translation>1 pista analizada.</translation>
    </message>
    <message>
        <source>Analysed again:</source>
        <translation>Analizado de nuevo:</translation>
    </message>
    <message>
        <source>Analysed again: {n}</source>
        <translation>Analizadas de nuevo: {n}</translation>
    </message>
    <message>
        <source>Analysed {n} tracks.</source>
        <translation>{n} pistas analizadas.</translation>
    </message>
    <message>
        <source>Failed: {n}</source>
        <translation>Con error: {n}</translation>
    </message>
    <message>
        <source>Files with several names (hard links), all of which changed: {n}</source>
        <translation>Archivos con varios nombres (enlaces duros), que cambiaron en todos: {n}</translation>
    </message>
    <message>
        <source>Genretagger was updated and hears better now, so tracks that it knew are heard again: {tracks}. Your decisions stay as they are, and you can stop and go on later.</source>
        <translation>Genretagger se ha actualizado y ahora oye mejor, así que las pistas que conocía se escuchan de nuevo: {tracks}. Tus decisiones quedan como están, y puedes parar y seguir más tarde.</translation>
    </message>
    <message>
        <source>Learning…</source>
        <translation>Aprendiendo…</translation>
    </message>
    <message>
        <source>Left out:</source>
        <translation>Se omitieron:</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>Escuchando…</translation>
    </message>
    <message>
        <source>Looking for tracks…</source>
        <translation>Buscando pistas…</translation>
    </message>
    <message>
        <source>Making sample music…</source>
        <translation>Creando música de muestra…</translation>
    </message>
    <message>
        <source>New or changed in watched folders: {n}</source>
        <translation>Nuevas o modificadas en carpetas vigiladas: {n}</translation>
    </message>
    <message>
        <source>No music was found in {folder}.</source>
        <translation>No se encontró música en {folder}.</translation>
    </message>
    <message>
        <source>Not tried: {n}</source>
        <translation>Sin intentar: {n}</translation>
    </message>
    <message>
        <source>Reading stored results…</source>
        <translation>Leyendo los resultados guardados…</translation>
    </message>
    <message>
        <source>Refused: {n}</source>
        <translation>Denegadas: {n}</translation>
    </message>
    <message>
        <source>Restored and undecided again: {n}</source>
        <translation>Restauradas y de nuevo sin decidir: {n}</translation>
    </message>
    <message>
        <source>Skipped: {n}</source>
        <translation>Omitidas: {n}</translation>
    </message>
    <message>
        <source>Something unexpected happened.</source>
        <translation>Ocurrió algo inesperado.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenido.</translation>
    </message>
    <message>
        <source>Stopped; tracks not analysed yet: {n}.</source>
        <translation>Detenido; pistas aún sin analizar: {n}.</translation>
    </message>
    <message>
        <source>Stopped; what was analysed is kept.</source>
        <translation>Detenido; lo analizado se conserva.</translation>
    </message>
    <message>
        <source>Taken out, still accepted: {n}</source>
        <translation>Apartados, siguen aceptados: {n}</translation>
    </message>
    <message>
        <source>The sample music is in {folder}; delete it whenever you like.</source>
        <translation>La música de muestra está en {folder}; bórrala cuando quieras.</translation>
    </message>
    <message>
        <source>To write: {n}</source>
        <translation>Por escribir: {n}</translation>
    </message>
    <message>
        <source>Tracks: {n}</source>
        <translation>Pistas: {n}</translation>
    </message>
    <message>
        <source>Unchanged: {n}</source>
        <translation>Sin cambios: {n}</translation>
    </message>
    <message>
        <source>Undo of {what}:</source>
        <translation>Al deshacer {what}:</translation>
    </message>
    <message>
        <source>Undoing the write of {path} was interrupted; it has now been undone.</source>
        <translation>Deshacer la escritura de {path} se interrumpió; ahora está deshecha.</translation>
    </message>
    <message>
        <source>Undoing…</source>
        <translation>Deshaciendo…</translation>
    </message>
    <message>
        <source>Writing {path} was interrupted; it has now been completed.</source>
        <translation>La escritura de {path} se interrumpió; ahora está completa.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Escribiendo…</translation>
    </message>
    <message>
        <source>Written: {n}</source>
        <translation>Escritas: {n}</translation>
    </message>
    <message>
        <source>analysed: {n}</source>
        <translation>analizadas: {n}</translation>
    </message>
    <message>
        <source>bins, previews and the like: {n}</source>
        <translation>papeleras, miniaturas y similares: {n}</translation>
    </message>
    <message>
        <source>changed: {n}</source>
        <translation>cambiadas: {n}</translation>
    </message>
    <message>
        <source>gone: {n}</source>
        <translation>desaparecidas: {n}</translation>
    </message>
    <message>
        <source>hidden folders: {n}</source>
        <translation>carpetas ocultas: {n}</translation>
    </message>
    <message>
        <source>macOS files: {n}</source>
        <translation>archivos de macOS: {n}</translation>
    </message>
    <message>
        <source>new: {n}</source>
        <translation>nuevas: {n}</translation>
    </message>
    <message>
        <source>nothing has changed.</source>
        <translation>nada ha cambiado.</translation>
    </message>
    <message>
        <source>{folder} is not available right now. Connect its disk and press F5, or open another folder. Nothing is lost: your decisions and everything analysed so far are kept.</source>
        <translation>{folder} no está disponible ahora mismo. Conecta su disco y pulsa F5, o abre otra carpeta. No se pierde nada: tus decisiones y todo lo analizado hasta ahora se conservan.</translation>
    </message>
    <message>
        <source>{n} of {total} shown</source>
        <translation>{n} de {total} visibles</translation>
    </message>
    <message>
        <source>{n} or more</source>
        <translation>{n} o más</translation>
    </message>
    <message>
        <source>{state}: {n}</source>
        <translation>{state}: {n}</translation>
    </message>
    <message>
        <source>{state}: {n} ({finer} with a finer genre)</source>
        <translation>{state}: {n} ({finer} con un género más fino)</translation>
    </message>
</context>
<context>
    <name>StatusFeature</name>
    <message>
        <source>Deciding: {done} of {total} tracks</source>
        <translation>Decidiendo: {done} de {total} pistas</translation>
    </message>
    <message>
        <source>Paused; no further track is analysed until you resume.</source>
        <translation>En pausa; no se analiza ninguna pista más hasta que reanudes.</translation>
    </message>
</context>
<context>
    <name>Style</name>
    <message>
        <source>None of the ten genres fits; it sounds like {style} ({n} of 100 such tracks are).</source>
        <translation>Ninguno de los diez géneros encaja; suena a {style} ({n} de cada 100 pistas así lo son).</translation>
    </message>
    <message>
        <source>This style is not reliable enough to be accepted along with others: press A to take it.</source>
        <translation>Este estilo no es bastante fiable para aceptarlo junto con otros: pulsa A para tomarlo.</translation>
    </message>
    <message>
        <source>Within {genre}, it sounds like {style} ({n} of 100 such tracks are): press 2.</source>
        <translation>Dentro de {genre}, suena a {style} ({n} de cada 100 pistas así lo son): pulsa 2.</translation>
    </message>
</context>
<context>
    <name>TableFeature</name>
    <message>
        <source>&amp;As found</source>
        <translation>&amp;Como se encontraron</translation>
    </message>
    <message>
        <source>&amp;Columns…</source>
        <translation>&amp;Columnas…</translation>
    </message>
    <message>
        <source>&amp;Descending</source>
        <translation>&amp;Descendente</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>&amp;Restablecer columnas</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>Como se encontraron</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Descendente</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Restablecer columnas</translation>
    </message>
    <message>
        <source>Sort b&amp;y</source>
        <translation>&amp;Ordenar por</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordenar por</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>Each of {n} places</source>
        <translation>Cada uno de {n} lugares</translation>
    </message>
    <message>
        <source>This place</source>
        <translation>Este lugar</translation>
    </message>
    <message>
        <source>about {length}</source>
        <translation>unos {length}</translation>
    </message>
</context>
<context>
    <name>Threshold</name>
    <message>
        <source>At {threshold} or above: none of {total} tracks.</source>
        <translation>A partir de {threshold}: ninguna de {total} pistas.</translation>
    </message>
    <message>
        <source>At {threshold} or above: {n} of {total} tracks ({share}), about {right} right, so about {wrong} wrong.</source>
        <translation>A partir de {threshold}: {n} de {total} pistas ({share}), cerca de {right} correctas, así que unas {wrong} erróneas.</translation>
    </message>
    <message>
        <source>At {threshold} or above: {n} of {total} tracks ({share}), about {right} right, so hardly any wrong.</source>
        <translation>A partir de {threshold}: {n} de {total} pistas ({share}), cerca de {right} correctas, así que casi ninguna errónea.</translation>
    </message>
    <message>
        <source>Nothing is left to decide among the tracks shown.</source>
        <translation>No queda nada por decidir entre las pistas visibles.</translation>
    </message>
</context>
<context>
    <name>ThresholdChart</name>
    <message>
        <source>Confidence threshold</source>
        <translation>Umbral de confianza</translation>
    </message>
    <message>
        <source>Nothing to decide among the tracks shown</source>
        <translation>Nada por decidir entre las pistas visibles</translation>
    </message>
    <message>
        <source>high</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>medio</translation>
    </message>
    <message>
        <source>of these, expected to be right</source>
        <translation>de estas, aciertos esperados</translation>
    </message>
    <message>
        <source>tracks accepted</source>
        <translation>pistas aceptadas</translation>
    </message>
</context>
<context>
    <name>ThresholdFeature</name>
    <message>
        <source>Choose thresh&amp;old</source>
        <translation>Elegir umbra&amp;l</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Umbral</translation>
    </message>
</context>
<context>
    <name>ThresholdPanel</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Cerrar (Esc)</translation>
    </message>
    <message>
        <source>Estimated from the confidences themselves. Unsure tracks are never accepted, nor those that have a finer genre already.</source>
        <translation>Calculado a partir de las propias confianzas. Nunca se aceptan las pistas dudosas ni las que ya tienen un género más fino.</translation>
    </message>
    <message>
        <source>What the threshold does to the tracks shown</source>
        <translation>Qué hace el umbral con las pistas visibles</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Línea de tiempo</translation>
    </message>
    <message>
        <source>{genre}, {n} of {total}</source>
        <translation>{genre}, {n} de {total}</translation>
    </message>
    <message>
        <source>{time} {genre} {score}</source>
        <translation>{time} {genre} {score}</translation>
    </message>
    <message>
        <source>{time} {genre} {score} (decisive)</source>
        <translation>{time} {genre} {score} (decisivo)</translation>
    </message>
</context>
<context>
    <name>Tip</name>
    <message>
        <source>Accept all tracks shown that are at least this sure</source>
        <translation>Aceptar todas las pistas mostradas que llegan a esta confianza</translation>
    </message>
    <message>
        <source>Analyse what is new, changed or not analysed yet</source>
        <translation>Analizar lo nuevo, lo cambiado y lo que falta por analizar</translation>
    </message>
    <message>
        <source>Choose a folder and analyse the music in it</source>
        <translation>Elegir una carpeta y analizar su música</translation>
    </message>
    <message>
        <source>Choose the threshold by the tracks that it takes</source>
        <translation>Elegir el umbral según las pistas que toma</translation>
    </message>
    <message>
        <source>Finish the tracks in work, then wait</source>
        <translation>Terminar las pistas en curso y esperar</translation>
    </message>
    <message>
        <source>Leave the genre of the file as it is</source>
        <translation>Dejar el género del archivo como está</translation>
    </message>
    <message>
        <source>Show what would change in which files, then write it</source>
        <translation>Mostrar qué cambiaría en qué archivos y escribirlo</translation>
    </message>
    <message>
        <source>Stop; what is analysed or written is kept</source>
        <translation>Detener; lo analizado o escrito se conserva</translation>
    </message>
    <message>
        <source>Take what is suggested; it is written later, all at once</source>
        <translation>Aceptar lo sugerido; se escribe después, todo a la vez</translation>
    </message>
    <message>
        <source>Type other genres for what is selected</source>
        <translation>Escribir otros géneros para lo seleccionado</translation>
    </message>
</context>
<context>
    <name>TrackView</name>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
</context>
<context>
    <name>TracksPage</name>
    <message>
        <source>&amp;Confidence at least</source>
        <translation>&amp;Confianza mínima</translation>
    </message>
    <message>
        <source>Accept all takes tracks with at least this confidence, but never unsure ones or what is not music.</source>
        <translation>Aceptar todas toma las pistas con al menos esta confianza, pero nunca las dudosas ni lo que no es música.</translation>
    </message>
    <message>
        <source>Current track</source>
        <translation>Pista actual</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Filter: words, genre:rock, conf:&lt;0.6 …</source>
        <translation>Filtro: palabras, género:rock, conf:&lt;0.6 …</translation>
    </message>
    <message>
        <source>No track matches the filter.</source>
        <translation>Ninguna pista coincide con el filtro.</translation>
    </message>
</context>
<context>
    <name>WaitPage</name>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
</context>
<context>
    <name>WatchFeature</name>
    <message>
        <source>&amp;Watch for new tracks</source>
        <translation>&amp;Vigilar pistas nuevas</translation>
    </message>
    <message>
        <source>New tracks are analysed once they are complete. Nothing is written.</source>
        <translation>Las pistas nuevas se analizan cuando están completas. No se escribe nada.</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Vigilar</translation>
    </message>
    <message>
        <source>Watching 1 folder</source>
        <translation>Vigilando 1 carpeta</translation>
    </message>
    <message>
        <source>Watching {n} folders</source>
        <translation>Vigilando {n} carpetas</translation>
    </message>
    <message>
        <source>{folder} (not available: it is waited for)</source>
        <translation>{folder} (no disponible: se espera a que vuelva)</translation>
    </message>
    <message>
        <source>{watching} (not available: {n})</source>
        <translation>{watching} (no disponibles: {n})</translation>
    </message>
</context>
<context>
    <name>WriteDialog</name>
    <message>
        <source>Accepted su&amp;ggestions:</source>
        <translation>Su&amp;gerencias aceptadas:</translation>
    </message>
    <message>
        <source>Looking through the tracks for what will change: {done} of {total}</source>
        <translation>Buscando en las pistas lo que cambiará: {done} de {total}</translation>
    </message>
    <message>
        <source>Not all files could be checked; each is checked again when it is written.</source>
        <translation>No se pudieron comprobar todos los archivos; cada uno se comprueba de nuevo al escribirlo.</translation>
    </message>
    <message>
        <source>Only the genre is written; audio and all other tags stay as they are.</source>
        <translation>Solo se escribe el género; el audio y todas las demás etiquetas quedan como están.</translation>
    </message>
    <message>
        <source>Space takes a file or a group out; it stays accepted and comes back next time.</source>
        <translation>Espacio aparta un archivo o un grupo; sigue aceptado y vuelve la próxima vez.</translation>
    </message>
    <message>
        <source>What will change</source>
        <translation>Qué cambiará</translation>
    </message>
    <message>
        <source>Write genres</source>
        <translation>Escribir géneros</translation>
    </message>
</context>
<context>
    <name>WriteFeature</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Undo last write</source>
        <translation>&amp;Deshacer la última escritura</translation>
    </message>
    <message>
        <source>&amp;Undo last write: {what}</source>
        <translation>&amp;Deshacer la última escritura: {what}</translation>
    </message>
    <message>
        <source>&amp;Write accepted…</source>
        <translation>&amp;Escribir lo aceptado…</translation>
    </message>
    <message>
        <source>Nothing to write: accept genres first.</source>
        <translation>No hay nada que escribir: acepta antes algún género.</translation>
    </message>
    <message>
        <source>There is no write to undo.</source>
        <translation>No hay ninguna escritura que deshacer.</translation>
    </message>
    <message>
        <source>Undo a write from an earlier session ({what})?</source>
        <translation>¿Deshacer una escritura de una sesión anterior ({what})?</translation>
    </message>
    <message>
        <source>Undo write</source>
        <translation>Deshacer escritura</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
</context>
<context>
    <name>WritePreviewDialog</name>
    <message>
        <source>&amp;Write</source>
        <translation>&amp;Escribir</translation>
    </message>
    <message>
        <source>&amp;Write 1 file</source>
        <translation>&amp;Escribir 1 archivo</translation>
    </message>
    <message>
        <source>&amp;Write {n} files</source>
        <translation>&amp;Escribir {n} archivos</translation>
    </message>
    <message>
        <source>&amp;Write {n} of {total} files</source>
        <translation>&amp;Escribir {n} de {total} archivos</translation>
    </message>
    <message>
        <source>Cannot be written: {n}</source>
        <translation>No se pueden escribir: {n}</translation>
    </message>
    <message>
        <source>Files checked: all {total}.</source>
        <translation>Archivos comprobados: todos ({total}).</translation>
    </message>
    <message>
        <source>Files checked: {n} of {total}. There is no need to wait: each is checked again when it is written.</source>
        <translation>Archivos comprobados: {n} de {total}. No hace falta esperar: cada uno se comprueba de nuevo al escribirlo.</translation>
    </message>
    <message>
        <source>Files that keep protected genres: {n} ({genres})</source>
        <translation>Archivos que conservan géneros protegidos: {n} ({genres})</translation>
    </message>
    <message>
        <source>Files that will change: {n}</source>
        <translation>Archivos que cambiarán: {n}</translation>
    </message>
    <message>
        <source>Files that will change: {n} of {total}; the others stay accepted.</source>
        <translation>Archivos que cambiarán: {n} de {total}; los demás siguen aceptados.</translation>
    </message>
    <message>
        <source>Files with several names (hard links), all of which change: {n}</source>
        <translation>Archivos con varios nombres (enlaces duros), que cambian en todos: {n}</translation>
    </message>
    <message>
        <source>No file is checked, so none will change; Space checks a file or a whole group.</source>
        <translation>No hay ningún archivo marcado, así que ninguno cambiará; Espacio marca un archivo o un grupo entero.</translation>
    </message>
</context>
<context>
    <name>WriteTreeModel</name>
    <message>
        <source>(no genre)</source>
        <translation>(sin género)</translation>
    </message>
    <message>
        <source>Left alone: 1 file</source>
        <translation>Sin tocar: 1 archivo</translation>
    </message>
    <message>
        <source>Left alone: {n} files</source>
        <translation>Sin tocar: {n} archivos</translation>
    </message>
    <message>
        <source>You chose these genres yourself; what is set above is for accepted suggestions.</source>
        <translation>Estos géneros los elegiste tú; lo que se ajusta arriba vale para las sugerencias aceptadas.</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>{before} → {after} · {policy}, chosen by you</source>
        <translation>{before} → {after} · {policy}, elegido por ti</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>{n} de {total}</translation>
    </message>
    <message>
        <source>{what} ({n})</source>
        <translation>{what} ({n})</translation>
    </message>
</context>
<context>
    <name>WritesModel</name>
    <message>
        <source>(no genre)</source>
        <translation>(sin género)</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
</context>
<context>
    <name>WritingPage</name>
    <message>
        <source>&amp;Keep the dates of files</source>
        <translation>&amp;Conservar las fechas de los archivos</translation>
    </message>
    <message>
        <source>&amp;Upgrade ID3v2.2 tags to ID3v2.3</source>
        <translation>Act&amp;ualizar etiquetas ID3v2.2 a ID3v2.3</translation>
    </message>
    <message>
        <source>A file keeps its modification time when it is written.</source>
        <translation>Un archivo conserva su hora de modificación al escribirse.</translation>
    </message>
    <message>
        <source>Accepted su&amp;ggestions:</source>
        <translation>Su&amp;gerencias aceptadas:</translation>
    </message>
    <message>
        <source>Accepted suggestions</source>
        <translation>Sugerencias aceptadas</translation>
    </message>
    <message>
        <source>Days after which writes are forgotten</source>
        <translation>Días tras los que se olvidan las escrituras</translation>
    </message>
    <message>
        <source>Enter one or more visible characters.</source>
        <translation>Escribe uno o más caracteres visibles.</translation>
    </message>
    <message>
        <source>F&amp;orget writes after (days):</source>
        <translation>&amp;Olvidar escrituras tras (días):</translation>
    </message>
    <message>
        <source>ID3v2.3 tags hold a single text; this is put between several genres.</source>
        <translation>Las etiquetas ID3v2.3 admiten un solo texto; esto se pone entre varios géneros.</translation>
    </message>
    <message>
        <source>Keep the dates of files</source>
        <translation>Conservar las fechas de los archivos</translation>
    </message>
    <message>
        <source>Older writes can no longer be undone; the files stay as they are.</source>
        <translation>Las escrituras más antiguas ya no se pueden deshacer; los archivos quedan como están.</translation>
    </message>
    <message>
        <source>Separator &amp;between genres in ID3v2.3:</source>
        <translation>Separador &amp;entre géneros en ID3v2.3:</translation>
    </message>
    <message>
        <source>Separator between genres in ID3v2.3</source>
        <translation>Separador entre géneros en ID3v2.3</translation>
    </message>
    <message>
        <source>Upgrade ID3v2.2 tags to ID3v2.3</source>
        <translation>Actualizar etiquetas ID3v2.2 a ID3v2.3</translation>
    </message>
    <message>
        <source>What they do to files; you can change it before each write. A genre that you chose yourself always replaces.</source>
        <translation>Qué hacen con los archivos; puedes cambiarlo antes de cada escritura. Un género que elegiste tú siempre sustituye.</translation>
    </message>
    <message>
        <source>Without this, files with ID3v2.2 tags are refused: they cannot be written.</source>
        <translation>Sin esto, los archivos con etiquetas ID3v2.2 se rechazan: no se pueden escribir.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escritura</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nunca</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>A personal classifier {name} exists already; choose another name, or delete that one first.</source>
        <translation>Ya existe un clasificador personal {name}; elige otro nombre o elimina antes ese.</translation>
    </message>
    <message>
        <source>A process that made the bank has ended, perhaps for want of memory; the same command goes on from what is done.</source>
        <translation>Ha terminado un proceso que hacía el banco, quizá por falta de memoria; la misma orden continúa desde lo que está hecho.</translation>
    </message>
    <message>
        <source>A task failed on the cluster; the log says why. What was analysed is kept.</source>
        <translation>Una tarea falló en el clúster; el registro dice por qué. Lo analizado se conserva.</translation>
    </message>
    <message>
        <source>All {n} tracks are by one artist, so the artist would be learned instead of the genres; each genre needs tracks by at least three artists.</source>
        <translation>Las {n} pistas son de un solo artista, así que se aprendería el artista y no los géneros; cada género necesita pistas de al menos tres artistas.</translation>
    </message>
    <message>
        <source>All {n} tracks have one genre, {genre}; to tell genres apart, at least two are needed.</source>
        <translation>Las {n} pistas tienen un solo género, {genre}; para distinguir géneros se necesitan al menos dos.</translation>
    </message>
    <message>
        <source>Another Genretagger (process {pid}) is writing; wait until it is done.</source>
        <translation>Otro Genretagger (proceso {pid}) está escribiendo; espera a que termine.</translation>
    </message>
    <message>
        <source>At least two genres are needed, each with {tracks} tracks by {artists} artists; genres that have them: {n}.</source>
        <translation>Hacen falta al menos dos géneros, cada uno con {tracks} pistas de {artists} artistas; géneros que las tienen: {n}.</translation>
    </message>
    <message>
        <source>Entry {line} of the plan names {path} again; a plan may name each file only once.</source>
        <translation>La entrada {line} del plan nombra otra vez {path}; un plan puede nombrar cada archivo una sola vez.</translation>
    </message>
    <message>
        <source>Give either --plan FILE or PATHs to hear; see genretagger apply --help.</source>
        <translation>Indica --plan FILE o las rutas PATH que oír; consulta genretagger apply --help.</translation>
    </message>
    <message>
        <source>Give either the NAME of a personal classifier, or --none; see genretagger personal use --help.</source>
        <translation>Indica el NAME de un clasificador personal o --none; consulta genretagger personal use --help.</translation>
    </message>
    <message>
        <source>Hearing on a cluster needs the package distributed; install it with pip install &apos;genretagger[cluster]&apos;.</source>
        <translation>Escuchar en un clúster necesita el paquete distributed; instálalo con pip install &apos;genretagger[cluster]&apos;.</translation>
    </message>
    <message>
        <source>In line {line} of the plan, &quot;{field}&quot; must be {allowed}.</source>
        <translation>En la línea {line} del plan, &quot;{field}&quot; debe ser {allowed}.</translation>
    </message>
    <message>
        <source>In the settings file {path}, {name} cannot be {value}; it must be {allowed}: correct it there or with genretagger settings {name} VALUE, or update the program if a newer one wrote it.</source>
        <translation>En el archivo de ajustes {path}, {name} no puede ser {value}; debe ser {allowed}: corrígelo allí o con genretagger settings {name} VALUE, o actualiza el programa si lo escribió uno más nuevo.</translation>
    </message>
    <message>
        <source>Line {line} of the plan has no &quot;{field}&quot;.</source>
        <translation>La línea {line} del plan no tiene &quot;{field}&quot;.</translation>
    </message>
    <message>
        <source>Line {line} of the plan is not a JSON object.</source>
        <translation>La línea {line} del plan no es un objeto JSON.</translation>
    </message>
    <message>
        <source>No genre is given for {path}; name at least one.</source>
        <translation>No se indica ningún género para {path}; nombra al menos uno.</translation>
    </message>
    <message>
        <source>No scheduler answers at {address}; start one there with dask scheduler, or check the address and any certificates.</source>
        <translation>Ningún planificador responde en {address}; inicia uno allí con dask scheduler, o comprueba la dirección y los certificados.</translation>
    </message>
    <message>
        <source>Nothing can be stored in the folder {path} ({reason}); allow writing to it, or name another folder in the environment variable GENRETAGGER_HOME.</source>
        <translation>No se puede guardar nada en la carpeta {path} ({reason}); permite escribir en ella, o indica otra carpeta en la variable de entorno GENRETAGGER_HOME.</translation>
    </message>
    <message>
        <source>PATHs need --min-confidence, which a plan does not take.</source>
        <translation>Las rutas PATH necesitan --min-confidence, que un plan no admite.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenido.</translation>
    </message>
    <message>
        <source>The argument is empty; name a folder or a subcommand (is a variable not set?); see genretagger --help.</source>
        <translation>El argumento está vacío; indica una carpeta o un subcomando (¿una variable sin definir?); consulta genretagger --help.</translation>
    </message>
    <message>
        <source>The batch {batch} has no write of {path} left to undo; see its history for what it wrote.</source>
        <translation>El lote {batch} no tiene ninguna escritura de {path} por deshacer; consulta en su historial lo que escribió.</translation>
    </message>
    <message>
        <source>The embedding in {path} cannot be used ({reason}).</source>
        <translation>La red de {path} no se puede usar ({reason}).</translation>
    </message>
    <message>
        <source>The figures {path} cannot be used ({reason}); measure them again by make train.</source>
        <translation>Las cifras {path} no se pueden usar ({reason}); mídelas de nuevo con make train.</translation>
    </message>
    <message>
        <source>The folder {path} does not exist; choose another one.</source>
        <translation>La carpeta {path} no existe; elige otra.</translation>
    </message>
    <message>
        <source>The genre of {path} has changed since it was read; analyse it again.</source>
        <translation>El género de {path} ha cambiado desde que se leyó; analízalo de nuevo.</translation>
    </message>
    <message>
        <source>The genre of {path} was changed after Genretagger wrote it; it is left alone.</source>
        <translation>El género de {path} se cambió después de que Genretagger lo escribiera; no se toca.</translation>
    </message>
    <message>
        <source>The genres cannot be your own: no personal classifier is in use; learn one, or name one with genretagger personal use NAME --instead.</source>
        <translation>Los géneros no pueden ser los tuyos: no se usa ningún clasificador personal; aprende uno, o nombra uno con genretagger personal use NAME --instead.</translation>
    </message>
    <message>
        <source>The genres in the tags do not follow the sound: on artists that it had not heard, {name} was hardly better than guessing; it is neither kept nor used unless you insist (--anyway).</source>
        <translation>Los géneros de las etiquetas no siguen el sonido: en artistas que no había oído, {name} apenas fue mejor que adivinar; no se guarda ni se usa a menos que insistas (--anyway).</translation>
    </message>
    <message>
        <source>The manifest of the model in {folder} is not valid ({reason}); install Genretagger again.</source>
        <translation>El manifiesto del modelo en {folder} no es válido ({reason}); instala Genretagger de nuevo.</translation>
    </message>
    <message>
        <source>The model file {name} does not match its checksum; install Genretagger again.</source>
        <translation>El archivo del modelo {name} no coincide con su suma de comprobación; instala Genretagger de nuevo.</translation>
    </message>
    <message>
        <source>The model {name} does not fit its manifest ({reason}).</source>
        <translation>El modelo {name} no se ajusta a su manifiesto ({reason}).</translation>
    </message>
    <message>
        <source>The model {name} is missing from {folder}; install Genretagger again.</source>
        <translation>Falta el modelo {name} en {folder}; instala Genretagger de nuevo.</translation>
    </message>
    <message>
        <source>The option --jobs counts the workers of --scheduler local; a scheduler elsewhere has its own.</source>
        <translation>La opción --jobs cuenta los procesos de --scheduler local; un planificador en otra parte tiene los suyos.</translation>
    </message>
    <message>
        <source>The option --patches needs --export.</source>
        <translation>La opción --patches necesita --export.</translation>
    </message>
    <message>
        <source>The plan {path} cannot be read ({reason}).</source>
        <translation>El plan {path} no se puede leer ({reason}).</translation>
    </message>
    <message>
        <source>The sample music cannot be put into {path} ({reason}); it needs 20 MB in a folder that can be written.</source>
        <translation>La música de muestra no se puede poner en {path} ({reason}); necesita 20 MB en una carpeta en la que se pueda escribir.</translation>
    </message>
    <message>
        <source>The scheduler at {address} has no worker; hearing goes on when one joins.</source>
        <translation>El planificador de {address} no tiene procesos; se seguirá escuchando cuando se una uno.</translation>
    </message>
    <message>
        <source>The scheduler at {address} is gone; what was analysed is kept: start it again, then give the same command.</source>
        <translation>El planificador de {address} ya no está; lo analizado se conserva: inícialo de nuevo y repite la misma orden.</translation>
    </message>
    <message>
        <source>The self-check failed at the step {step}; install Genretagger again.</source>
        <translation>La autocomprobación falló en el paso {step}; instala Genretagger de nuevo.</translation>
    </message>
    <message>
        <source>The setting {name} cannot be {value}; it must be {allowed}.</source>
        <translation>El ajuste {name} no puede ser {value}; debe ser {allowed}.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be read ({reason}); repair it, or move it away to begin with the defaults.</source>
        <translation>El archivo de ajustes {path} no se puede leer ({reason}); repáralo, o muévelo a otro sitio para empezar con los valores iniciales.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be written ({reason}); it is unchanged.</source>
        <translation>El archivo de ajustes {path} no se puede escribir ({reason}); no ha cambiado.</translation>
    </message>
    <message>
        <source>The settings file {path} names an unknown setting, {name}; remove it there, or update the program.</source>
        <translation>El archivo de ajustes {path} nombra un ajuste desconocido, {name}; quítalo de allí o actualiza el programa.</translation>
    </message>
    <message>
        <source>The sounds in {path} were heard by another embedding; build their folder and hear it again (docs/model.md).</source>
        <translation>Los sonidos de {path} los analizó otra red; crea su carpeta y analízala de nuevo (docs/model.md).</translation>
    </message>
    <message>
        <source>The store {path} cannot be used ({reason}); it holds only results that can be computed again and may be deleted.</source>
        <translation>El almacén {path} no se puede usar ({reason}); solo contiene resultados que se pueden calcular de nuevo y puede eliminarse.</translation>
    </message>
    <message>
        <source>The store {path} was made by a newer Genretagger; update the program.</source>
        <translation>El almacén {path} lo creó un Genretagger más nuevo; actualiza el programa.</translation>
    </message>
    <message>
        <source>The student finds too few clips: it needs two of the training partition, which can be decoded, in each of two genres.</source>
        <translation>El alumno encuentra muy pocos fragmentos: necesita dos de la partición de entrenamiento, que se puedan decodificar, en cada uno de dos géneros.</translation>
    </message>
    <message>
        <source>The table in {path} was heard by another network than the one that ships, and the audio is not beside it; hear the audio with genretagger.training.extract.</source>
        <translation>La tabla de {path} la hizo una red distinta de la que se distribuye y el audio no está junto a ella; analiza el audio con genretagger.training.extract.</translation>
    </message>
    <message>
        <source>The table {path} cannot be read ({reason}).</source>
        <translation>La tabla {path} no se puede leer ({reason}).</translation>
    </message>
    <message>
        <source>The table {path} has no array {array}, which the classifier needs.</source>
        <translation>La tabla {path} no tiene la matriz {array}, que el clasificador necesita.</translation>
    </message>
    <message>
        <source>The table {path} has no row to score; check the split.</source>
        <translation>La tabla {path} no tiene ninguna fila que puntuar; comprueba la partición.</translation>
    </message>
    <message>
        <source>The table {path} holds a genre that the model does not know, {genre}.</source>
        <translation>La tabla {path} contiene un género que el modelo no conoce, {genre}.</translation>
    </message>
    <message>
        <source>The teacher {path} cannot be used ({reason}).</source>
        <translation>El maestro {path} no se puede usar ({reason}).</translation>
    </message>
    <message>
        <source>The teacher {path} is missing; name the folder of the teachers by --teachers or GENRETAGGER_TEACHERS.</source>
        <translation>Falta el maestro {path}; indica la carpeta de los maestros con --teachers o GENRETAGGER_TEACHERS.</translation>
    </message>
    <message>
        <source>The undo journal was written by a newer Genretagger; update the program.</source>
        <translation>El diario de deshacer lo escribió un Genretagger más nuevo; actualiza el programa.</translation>
    </message>
    <message>
        <source>The undo journal {path} cannot be used ({reason}); without it, nothing more is written.</source>
        <translation>El diario de deshacer {path} no se puede usar ({reason}); sin él no se escribe nada más.</translation>
    </message>
    <message>
        <source>The undo record of {path} is damaged; the file is left alone.</source>
        <translation>El registro para deshacer {path} está dañado; el archivo no se toca.</translation>
    </message>
    <message>
        <source>The weights of musicnn are not installed; run `pip install --no-deps musicnn==0.1.0`.</source>
        <translation>Los pesos de musicnn no están instalados; ejecuta `pip install --no-deps musicnn==0.1.0`.</translation>
    </message>
    <message>
        <source>The worker {worker} does not see {path}; mount its disk there under the same name.</source>
        <translation>El proceso {worker} no ve {path}; monta allí su disco con el mismo nombre.</translation>
    </message>
    <message>
        <source>The worker {worker} has another model than this program; install the same Genretagger there.</source>
        <translation>El proceso {worker} tiene otro modelo que este programa; instala allí el mismo Genretagger.</translation>
    </message>
    <message>
        <source>The worker {worker} has no model, or a damaged one; install Genretagger there again.</source>
        <translation>El proceso {worker} no tiene modelo o lo tiene dañado; vuelve a instalar Genretagger allí.</translation>
    </message>
    <message>
        <source>The write of {path} was interrupted; the file is as it was before.</source>
        <translation>La escritura de {path} se interrumpió; el archivo está como antes.</translation>
    </message>
    <message>
        <source>There is no batch {batch} in the journal; the history lists those there are.</source>
        <translation>No hay ningún lote {batch} en el diario; el historial muestra los que hay.</translation>
    </message>
    <message>
        <source>There is no personal classifier {name}; genretagger personal list shows those there are.</source>
        <translation>No hay ningún clasificador personal {name}; genretagger personal list muestra los que hay.</translation>
    </message>
    <message>
        <source>There is no setting {name}; genretagger settings lists all of them.</source>
        <translation>No hay ningún ajuste {name}; genretagger settings los muestra todos.</translation>
    </message>
    <message>
        <source>There is no write of {path} left to undo; see the history for what was written.</source>
        <translation>No queda ninguna escritura de {path} por deshacer; consulta en el historial lo que se escribió.</translation>
    </message>
    <message>
        <source>There is nothing to export: no track is chosen, or none of them would be written.</source>
        <translation>No hay nada que exportar: no se eligió ninguna pista, o ninguna se escribiría.</translation>
    </message>
    <message>
        <source>There is nothing to export: none of the tracks has a genre.</source>
        <translation>No hay nada que exportar: ninguna de las pistas tiene un género.</translation>
    </message>
    <message>
        <source>There is nothing to export: nothing has been written yet.</source>
        <translation>No hay nada que exportar: aún no se ha escrito nada.</translation>
    </message>
    <message>
        <source>There is nothing to learn from: no track that was analysed has a genre; analyse tagged music first.</source>
        <translation>No hay nada de lo que aprender: ninguna pista analizada tiene un género; analiza antes música etiquetada.</translation>
    </message>
    <message>
        <source>There is nothing to learn from: none of {n} tracks with a genre was analysed yet; analyse them first.</source>
        <translation>No hay nada de lo que aprender: aún no se ha analizado ninguna de {n} pistas con género; analízalas antes.</translation>
    </message>
    <message>
        <source>Your earlier decisions in {path} cannot be used ({reason}); new ones are not kept until you move that file away.</source>
        <translation>Tus decisiones anteriores en {path} no se pueden usar ({reason}); las nuevas no se guardan hasta que muevas ese archivo a otro sitio.</translation>
    </message>
    <message>
        <source>Your earlier decisions in {path} were saved by a newer Genretagger; update the program: new ones are not kept until then.</source>
        <translation>Tus decisiones anteriores en {path} las guardó un Genretagger más nuevo; actualiza el programa: hasta entonces las nuevas no se guardan.</translation>
    </message>
    <message>
        <source>{argument} is neither a folder nor a subcommand; see genretagger --help.</source>
        <translation>{argument} no es ni una carpeta ni una orden; consulta genretagger --help.</translation>
    </message>
    <message>
        <source>{batch}: a record of its journal is damaged and lost, as the last may be in a crash.</source>
        <translation>{batch}: un registro de su diario está dañado y se perdió, como puede pasar con el último tras un corte.</translation>
    </message>
    <message>
        <source>{batch}: its journal cannot be read at all; what it wrote, if anything, stays.</source>
        <translation>{batch}: no se puede leer nada de su diario; lo que escribió, si escribió algo, se queda.</translation>
    </message>
    <message>
        <source>{genre} cannot be written to {path}: a genre is one line of visible text.</source>
        <translation>{genre} no se puede escribir en {path}: un género es una línea de texto visible.</translation>
    </message>
    <message>
        <source>{name} cannot be the name of a personal classifier: use up to {most} letters, digits, spaces and - _ . + &amp; ( ), with no dot or space at either end.</source>
        <translation>{name} no puede ser el nombre de un clasificador personal: usa hasta {most} letras, cifras, espacios y - _ . + &amp; ( ), sin punto ni espacio en los extremos.</translation>
    </message>
    <message>
        <source>{name} was learned from what another version of Genretagger heard, and is set aside: genretagger personal learn &quot;{name}&quot; --again learns it again.</source>
        <translation>{name} se aprendió de lo que oyó otra versión de Genretagger y queda apartado: genretagger personal learn &quot;{name}&quot; --again lo aprende de nuevo.</translation>
    </message>
    <message>
        <source>{name} was learned from what another version of Genretagger heard; a classifier from somebody else must come from the same version as this.</source>
        <translation>{name} se aprendió de lo que oyó otra versión de Genretagger; un clasificador de otra persona debe venir de la misma versión que esta.</translation>
    </message>
    <message>
        <source>{path} cannot be heard: it is damaged, or is not what it seems to be.</source>
        <translation>{path} no se puede oír: está dañado, o no es lo que parece.</translation>
    </message>
    <message>
        <source>{path} cannot be heard: its audio codec is unknown.</source>
        <translation>{path} no se puede oír: su códec de audio es desconocido.</translation>
    </message>
    <message>
        <source>{path} cannot be heard: there is no free decoder for OptimFROG; its genre can still be written from a plan, see genretagger apply --help.</source>
        <translation>{path} no se puede oír: no hay un decodificador libre para OptimFROG; aun así, su género se puede escribir a partir de un plan, consulta genretagger apply --help.</translation>
    </message>
    <message>
        <source>{path} cannot be opened ({reason}); its tracks are left out.</source>
        <translation>{path} no se puede abrir ({reason}); sus pistas se omiten.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>{path} no se puede leer ({reason}).</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); its write was interrupted and is settled when it can be read.</source>
        <translation>{path} no se puede leer ({reason}); su escritura se interrumpió y se resuelve cuando se pueda leer.</translation>
    </message>
    <message>
        <source>{path} cannot be read after it was written ({reason}); this is settled before the next write.</source>
        <translation>{path} no se puede leer tras escribirse ({reason}); esto se resuelve antes de la próxima escritura.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation>{path} no se puede escribir ({reason}).</translation>
    </message>
    <message>
        <source>{path} contains only zeros: its space was reserved but never filled; download or copy it again.</source>
        <translation>{path} solo contiene ceros: su espacio se reservó y nunca se llenó; descárgalo o cópialo de nuevo.</translation>
    </message>
    <message>
        <source>{path} contains tags but no sound; copy it again.</source>
        <translation>{path} contiene etiquetas pero ningún sonido; cópialo de nuevo.</translation>
    </message>
    <message>
        <source>{path} could not be decoded in time before; it is heard again once the file has changed, or if it is analysed by itself.</source>
        <translation>{path} ya no se pudo decodificar a tiempo una vez; se volverá a escuchar cuando el archivo cambie, o si se analiza por sí solo.</translation>
    </message>
    <message>
        <source>{path} could not be decoded within {seconds} s; the file may be damaged.</source>
        <translation>{path} no se pudo decodificar en {seconds} s; el archivo puede estar dañado.</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); it is unchanged.</source>
        <translation>{path} no se pudo escribir ({reason}); no ha cambiado.</translation>
    </message>
    <message>
        <source>{path} does not exist; check the spelling.</source>
        <translation>{path} no existe; comprueba la ortografía.</translation>
    </message>
    <message>
        <source>{path} exists already.</source>
        <translation>{path} ya existe.</translation>
    </message>
    <message>
        <source>{path} exists already; choose another name for the export.</source>
        <translation>{path} ya existe; elige otro nombre para la exportación.</translation>
    </message>
    <message>
        <source>{path} has changed since it was read; analyse it again.</source>
        <translation>{path} ha cambiado desde que se leyó; analízalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} has the name of an audio file; choose another name.</source>
        <translation>{path} tiene el nombre de un archivo de audio; elige otro nombre.</translation>
    </message>
    <message>
        <source>{path} has {seconds} s of audio; at least {least} s are needed.</source>
        <translation>{path} tiene {seconds} s de audio; se necesitan al menos {least} s.</translation>
    </message>
    <message>
        <source>{path} holds no audio that can be heard; it needs one folder per genre, such as blues.</source>
        <translation>{path} no contiene audio que se pueda oír; necesita una carpeta por género, como blues.</translation>
    </message>
    <message>
        <source>{path} holds no sound that can be heard.</source>
        <translation>{path} no contiene sonido que se pueda oír.</translation>
    </message>
    <message>
        <source>{path} holds other audio than the file that Genretagger wrote; it is left alone.</source>
        <translation>{path} contiene un audio distinto del archivo que escribió Genretagger; no se toca.</translation>
    </message>
    <message>
        <source>{path} holds too little to train on and to judge it: at least two genres are needed, and {n} artists (or clips without a known artist).</source>
        <translation>{path} contiene muy poco para entrenar y evaluar: se necesitan al menos dos géneros y {n} artistas (o fragmentos sin artista conocido).</translation>
    </message>
    <message>
        <source>{path} is a file, so no sample music can be put there; name a new folder.</source>
        <translation>{path} es un archivo, así que no se puede poner allí música de muestra; indica una carpeta nueva.</translation>
    </message>
    <message>
        <source>{path} is a folder; add the name of a file.</source>
        <translation>{path} es una carpeta; añade el nombre de un archivo.</translation>
    </message>
    <message>
        <source>{path} is a picture, not audio.</source>
        <translation>{path} es una imagen, no audio.</translation>
    </message>
    <message>
        <source>{path} is a playlist, not audio; open the files that it lists.</source>
        <translation>{path} es una lista de reproducción, no audio; abre los archivos que enumera.</translation>
    </message>
    <message>
        <source>{path} is a text, not audio.</source>
        <translation>{path} es un texto, no audio.</translation>
    </message>
    <message>
        <source>{path} is a video whose sound Genretagger cannot hear; it hears that of MP4, Matroska, WebM, Ogg and Windows Media.</source>
        <translation>{path} es un vídeo cuyo sonido Genretagger no puede oír; oye el de MP4, Matroska, WebM, Ogg y Windows Media.</translation>
    </message>
    <message>
        <source>{path} is a video without sound.</source>
        <translation>{path} es un vídeo sin sonido.</translation>
    </message>
    <message>
        <source>{path} is a web page, not audio: the server sent a page instead of the file; download it again.</source>
        <translation>{path} es una página web, no audio: el servidor envió una página en lugar del archivo; descárgalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} is an archive or a document, not audio; unpack it first.</source>
        <translation>{path} es un archivo comprimido o un documento, no audio; desempaquétalo antes.</translation>
    </message>
    <message>
        <source>{path} is an audio file of a kind that Genretagger cannot hear.</source>
        <translation>{path} es un archivo de audio de un tipo que Genretagger no puede oír.</translation>
    </message>
    <message>
        <source>{path} is cut off in the middle of its sound; it is heard as far as it can be decoded, and not written.</source>
        <translation>{path} está cortado en medio de su sonido; se oye hasta donde se puede decodificar y no se escribe.</translation>
    </message>
    <message>
        <source>{path} is cut off, and the part that is left cannot be heard without the rest; copy or download it again.</source>
        <translation>{path} está cortado, y la parte que queda no se puede oír sin el resto; cópialo o descárgalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} is empty; if it was downloaded or copied, do that again.</source>
        <translation>{path} está vacío; si se descargó o copió, hazlo de nuevo.</translation>
    </message>
    <message>
        <source>{path} is intact; {copy} beside it, left by an interrupted write, cannot be removed yet ({reason}).</source>
        <translation>{path} está intacto; {copy}, a su lado, que dejó una escritura interrumpida, aún no se puede quitar ({reason}).</translation>
    </message>
    <message>
        <source>{path} is left out: it has a genre already, and only files without one are filled.</source>
        <translation>{path} se omite: ya tiene un género, y solo se rellenan los archivos que no tienen.</translation>
    </message>
    <message>
        <source>{path} is left out: its confidence is only {confidence}.</source>
        <translation>{path} se omite: su confianza es solo {confidence}.</translation>
    </message>
    <message>
        <source>{path} is left out: the verdict is unsure ({why}).</source>
        <translation>{path} se omite: el veredicto es dudoso ({why}).</translation>
    </message>
    <message>
        <source>{path} is left out: your rule leaves {name} alone.</source>
        <translation>{path} se omite: tu regla no toca {name}.</translation>
    </message>
    <message>
        <source>{path} is left out: your rule suggests {genres}, which was not heard; accept it in the window.</source>
        <translation>{path} se omite: tu regla sugiere {genres}, que no se ha oído; acéptalo en la ventana.</translation>
    </message>
    <message>
        <source>{path} is left out: {genre} is a kind of {broader}, and a finer genre is not replaced.</source>
        <translation>{path} se omite: {genre} es un tipo de {broader}, y un género más fino no se reemplaza.</translation>
    </message>
    <message>
        <source>{path} is not a folder, so moved files cannot be searched for there; check the spelling.</source>
        <translation>{path} no es una carpeta, así que allí no se pueden buscar archivos movidos; comprueba la ortografía.</translation>
    </message>
    <message>
        <source>{path} is not a folder, so nothing that comes can be noticed there; name a folder.</source>
        <translation>{path} no es una carpeta, así que no se puede notar lo que llegue; indica una carpeta.</translation>
    </message>
    <message>
        <source>{path} is not a personal classifier, or is damaged ({reason}).</source>
        <translation>{path} no es un clasificador personal, o está dañado ({reason}).</translation>
    </message>
    <message>
        <source>{path} is not a regular file; it is left out.</source>
        <translation>{path} no es un archivo normal; se omite.</translation>
    </message>
    <message>
        <source>{path} is not an audio file that Genretagger knows.</source>
        <translation>{path} no es un archivo de audio que Genretagger conozca.</translation>
    </message>
    <message>
        <source>{path} is not empty, so no sample music is put there; name a new folder.</source>
        <translation>{path} no está vacía, así que no se pone allí música de muestra; indica una carpeta nueva.</translation>
    </message>
    <message>
        <source>{path} is not of this run but of other audio, teachers or options; remove it, or name another folder by --work.</source>
        <translation>{path} no es de esta ejecución, sino de otro audio, otros maestros u otras opciones; bórralo o indica otra carpeta con --work.</translation>
    </message>
    <message>
        <source>{path} is not there any more, and several files could be it ({candidates}); undo the right one by its name.</source>
        <translation>{path} ya no está ahí, y varios archivos podrían serlo ({candidates}); deshaz el correcto por su nombre.</translation>
    </message>
    <message>
        <source>{path} is not there any more, and was not found elsewhere; if it was moved, search the folder it is in now.</source>
        <translation>{path} ya no está ahí y no se encontró en otro sitio; si se movió, busca en la carpeta donde está ahora.</translation>
    </message>
    <message>
        <source>{path} is not there any more; if it is back, analyse again.</source>
        <translation>{path} ya no está ahí; si vuelve, analiza de nuevo.</translation>
    </message>
    <message>
        <source>{path} is not there any more; nothing is written.</source>
        <translation>{path} ya no está ahí; no se escribe nada.</translation>
    </message>
    <message>
        <source>{path} is not there at the moment: connect its disk, or open another folder; nothing is lost.</source>
        <translation>{path} no está ahí en este momento: conecta su disco o abre otra carpeta; no se pierde nada.</translation>
    </message>
    <message>
        <source>{path} is not there; its write was interrupted and is settled when the file is back.</source>
        <translation>{path} no está ahí; su escritura se interrumpió y se resuelve cuando el archivo vuelva.</translation>
    </message>
    <message>
        <source>{path} is not there; its write was interrupted and is settled when the file is back; if it is lost, its content is in {copy}: rename or delete that file.</source>
        <translation>{path} no está ahí; su escritura se interrumpió y se resuelve cuando el archivo vuelva; si se perdió, su contenido está en {copy}: cambia el nombre de ese archivo o elimínalo.</translation>
    </message>
    <message>
        <source>{path} is not written: a part in the middle of its sound is missing or damaged; the rest is heard.</source>
        <translation>{path} no se escribe: falta una parte en medio de su sonido o está dañada; se oye el resto.</translation>
    </message>
    <message>
        <source>{path} is not written: an earlier write of it was interrupted and is not settled yet; try again.</source>
        <translation>{path} no se escribe: una escritura anterior se interrumpió y aún no está resuelta; inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} is not written: another program (process {pid}) writes to it or beside it; try again when it is done.</source>
        <translation>{path} no se escribe: otro programa (proceso {pid}) escribe en él o a su lado; inténtalo de nuevo cuando termine.</translation>
    </message>
    <message>
        <source>{path} is not written: files of the kind {container} are only heard.</source>
        <translation>{path} no se escribe: los archivos de tipo {container} solo se oyen.</translation>
    </message>
    <message>
        <source>{path} is not written: files of the kind {container} cannot carry tags.</source>
        <translation>{path} no se escribe: los archivos de tipo {container} no pueden llevar etiquetas.</translation>
    </message>
    <message>
        <source>{path} is not written: in a tag of this kind, other programs would misread {genre}; choose another spelling.</source>
        <translation>{path} no se escribe: en una etiqueta de este tipo, otros programas leerían mal {genre}; elige otra grafía.</translation>
    </message>
    <message>
        <source>{path} is not written: it has an APEv2 tag that cannot be read; repair or remove that tag first.</source>
        <translation>{path} no se escribe: tiene una etiqueta APEv2 que no se puede leer; repárala o quítala antes.</translation>
    </message>
    <message>
        <source>{path} is not written: it has more than one ID3 tag; remove all but one first.</source>
        <translation>{path} no se escribe: tiene más de una etiqueta ID3; deja antes solo una.</translation>
    </message>
    <message>
        <source>{path} is not written: it is a fragmented MP4, which is read-only for now.</source>
        <translation>{path} no se escribe: es un MP4 fragmentado, que por ahora es de solo lectura.</translation>
    </message>
    <message>
        <source>{path} is not written: it is an RF64 file, a WAV for more than 4 GiB, which is read-only for now.</source>
        <translation>{path} no se escribe: es un archivo RF64, un WAV para más de 4 GiB, que por ahora es de solo lectura.</translation>
    </message>
    <message>
        <source>{path} is not written: it is damaged or cut off; whatever can be decoded is heard.</source>
        <translation>{path} no se escribe: está dañado o cortado; se oye lo que se puede decodificar.</translation>
    </message>
    <message>
        <source>{path} is not written: it or its folder is marked as immutable or append-only; remove that mark first.</source>
        <translation>{path} no se escribe: él o su carpeta están marcados como inmutables o de solo añadir; quita antes esa marca.</translation>
    </message>
    <message>
        <source>{path} is not written: its APEv2 tag marks the genre as read-only; allow changes in the program that made it first.</source>
        <translation>{path} no se escribe: su etiqueta APEv2 marca el género como de solo lectura; permite antes los cambios en el programa que la creó.</translation>
    </message>
    <message>
        <source>{path} is not written: its ID3 tag is damaged; repair or remove that tag first.</source>
        <translation>{path} no se escribe: su etiqueta ID3 está dañada; repárala o quítala antes.</translation>
    </message>
    <message>
        <source>{path} is not written: its ID3 tag lies behind other data, where only some programs find it; repair the file first.</source>
        <translation>{path} no se escribe: su etiqueta ID3 está detrás de otros datos, donde solo algunos programas la encuentran; repara antes el archivo.</translation>
    </message>
    <message>
        <source>{path} is not written: its disk is full ({reason}); make room and try again.</source>
        <translation>{path} no se escribe: su disco está lleno ({reason}); haz sitio e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} is not written: its file system is mounted read-only; allow writing to it first.</source>
        <translation>{path} no se escribe: su sistema de archivos está montado como solo lectura; permite antes escribir en él.</translation>
    </message>
    <message>
        <source>{path} is not written: its folder has too little free space for a copy.</source>
        <translation>{path} no se escribe: en su carpeta queda muy poco espacio para una copia.</translation>
    </message>
    <message>
        <source>{path} is not written: its folder is write-protected; allow writing to it first.</source>
        <translation>{path} no se escribe: su carpeta está protegida contra escritura; permite antes escribir en ella.</translation>
    </message>
    <message>
        <source>{path} is not written: its header carries a digital signature, which any change would break.</source>
        <translation>{path} no se escribe: su cabecera lleva una firma digital, que cualquier cambio rompería.</translation>
    </message>
    <message>
        <source>{path} is not written: its path leaves no room for the name of a copy; move it up or shorten its folders&apos; names.</source>
        <translation>{path} no se escribe: su ruta no deja sitio para el nombre de una copia; muévelo más arriba o acorta los nombres de sus carpetas.</translation>
    </message>
    <message>
        <source>{path} is not written: its tag holds a genre that is not text; remove that genre in another program first.</source>
        <translation>{path} no se escribe: su etiqueta contiene un género que no es texto; quita antes ese género en otro programa.</translation>
    </message>
    <message>
        <source>{path} is not written: its tag is ID3v2.2 and holds something that ID3v2.3 has no place for; convert it first.</source>
        <translation>{path} no se escribe: su etiqueta es ID3v2.2 y contiene algo que no tiene lugar en ID3v2.3; conviértela antes.</translation>
    </message>
    <message>
        <source>{path} is not written: its tag is ID3v2.2; allow the upgrade to ID3v2.3 in the settings, or convert it first.</source>
        <translation>{path} no se escribe: su etiqueta es ID3v2.2; permite actualizarla a ID3v2.3 en los ajustes, o conviértela antes.</translation>
    </message>
    <message>
        <source>{path} is not written: its tag would be larger than a file of its kind can hold.</source>
        <translation>{path} no se escribe: su etiqueta sería mayor de lo que cabe en un archivo de su tipo.</translation>
    </message>
    <message>
        <source>{path} is not written: its tags are QuickTime tags, which are read-only for now.</source>
        <translation>{path} no se escribe: sus etiquetas son de QuickTime, que por ahora son de solo lectura.</translation>
    </message>
    <message>
        <source>{path} is not written: its tags are damaged and cannot be read; repair or remove them first.</source>
        <translation>{path} no se escribe: sus etiquetas están dañadas y no se pueden leer; repáralas o quítalas antes.</translation>
    </message>
    <message>
        <source>{path} is not written: its tags are damaged in an unknown way; repair or remove them first.</source>
        <translation>{path} no se escribe: sus etiquetas están dañadas de una forma desconocida; repáralas o quítalas antes.</translation>
    </message>
    <message>
        <source>{path} is not written: its tags cannot hold the genre unchanged.</source>
        <translation>{path} no se escribe: sus etiquetas no pueden guardar el género sin cambios.</translation>
    </message>
    <message>
        <source>{path} is not written: saving its tags would also change what follows them.</source>
        <translation>{path} no se escribe: al guardar sus etiquetas también cambiaría lo que las sigue.</translation>
    </message>
    <message>
        <source>{path} is not written: saving its tags would also change {frame}.</source>
        <translation>{path} no se escribe: al guardar sus etiquetas también cambiaría {frame}.</translation>
    </message>
    <message>
        <source>{path} is not written: some of its audio lies outside its audio data; the file may be damaged.</source>
        <translation>{path} no se escribe: parte de su audio está fuera de sus datos de audio; el archivo puede estar dañado.</translation>
    </message>
    <message>
        <source>{path} is not written: something that does not belong there stands in front of its sound, a tag of another kind or zeros; remove that first.</source>
        <translation>{path} no se escribe: delante de su sonido hay algo que no debe estar ahí, una etiqueta de otro tipo o ceros; quítalo antes.</translation>
    </message>
    <message>
        <source>{path} is not written: tags of Matroska and WebM files are read-only for now.</source>
        <translation>{path} no se escribe: las etiquetas de los archivos Matroska y WebM son por ahora de solo lectura.</translation>
    </message>
    <message>
        <source>{path} is not written: the checksum of its tags is wrong, so they may be damaged.</source>
        <translation>{path} no se escribe: la suma de comprobación de sus etiquetas es incorrecta, así que pueden estar dañadas.</translation>
    </message>
    <message>
        <source>{path} is not written: the genre in its tag is longer than a million characters; remove that genre in another program first.</source>
        <translation>{path} no se escribe: el género de su etiqueta tiene más de un millón de caracteres; quita antes ese género con otro programa.</translation>
    </message>
    <message>
        <source>{path} is not written: the sizes in its headers do not match the file, which is cut off or was never finished; repair it first.</source>
        <translation>{path} no se escribe: los tamaños en sus cabeceras no concuerdan con el archivo, que está cortado o nunca se terminó; repáralo antes.</translation>
    </message>
    <message>
        <source>{path} is not written: unknown data stands behind its sound; remove it with the program that put it there.</source>
        <translation>{path} no se escribe: detrás de su sonido hay datos desconocidos; quítalos con el programa que los puso.</translation>
    </message>
    <message>
        <source>{path} is not written: your share of its disk is used up ({reason}); make room and try again.</source>
        <translation>{path} no se escribe: tu cuota en su disco está agotada ({reason}); haz sitio e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} is silent; there is nothing to judge.</source>
        <translation>{path} está en silencio; no hay nada que juzgar.</translation>
    </message>
    <message>
        <source>{path} is write-protected; allow writing to it first.</source>
        <translation>{path} está protegido contra escritura; permite antes escribir en él.</translation>
    </message>
    <message>
        <source>{path} made the decoder crash before; it is heard again once the file has changed, or if it is analysed by itself.</source>
        <translation>{path} ya hizo fallar el decodificador una vez; se volverá a escuchar cuando el archivo cambie, o si se analiza por sí solo.</translation>
    </message>
    <message>
        <source>{path} made the decoder crash; the file may be damaged.</source>
        <translation>{path} hizo fallar el decodificador; el archivo puede estar dañado.</translation>
    </message>
    <message>
        <source>{path} needs more than {most} MB of memory to be heard; the file may be damaged.</source>
        <translation>{path} necesita más de {most} MB de memoria para escucharse; puede que el archivo esté dañado.</translation>
    </message>
    <message>
        <source>{path} needs the markers {begin} and {end} once each, in this order.</source>
        <translation>{path} necesita las marcas {begin} y {end}, una vez cada una y en este orden.</translation>
    </message>
    <message>
        <source>{path} no longer holds the audio that was analysed; analyse it again.</source>
        <translation>{path} ya no contiene el audio que se analizó; analízalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} was changed by something else while its write was interrupted; it is left alone, and its earlier content is in {copy} beside it: keep one and delete the other.</source>
        <translation>Otra cosa cambió {path} mientras su escritura estaba interrumpida; no se toca, y su contenido anterior está en {copy}, a su lado: conserva uno y elimina el otro.</translation>
    </message>
    <message>
        <source>{path} was changed by something else while its write was interrupted; it is left alone.</source>
        <translation>Otra cosa cambió {path} mientras su escritura estaba interrumpida; no se toca.</translation>
    </message>
    <message>
        <source>{path} was made by a newer Genretagger; update the program.</source>
        <translation>{path} lo creó un Genretagger más nuevo; actualiza el programa.</translation>
    </message>
    <message>
        <source>{path} was not heard: each worker that had it ended, perhaps for lack of memory; try it on this machine.</source>
        <translation>{path} no se escuchó: terminaron todos los procesos que lo tenían, quizá por falta de memoria; pruébalo en este equipo.</translation>
    </message>
    <message>
        <source>{path} was not heard: the system ended the process that heard it, probably for lack of memory; close other programs and analyse it again.</source>
        <translation>{path} no se escuchó: el sistema terminó el proceso que lo escuchaba, probablemente por falta de memoria; cierra otros programas y analízalo de nuevo.</translation>
    </message>
    <message>
        <source>{path} was written again later, in batch {batch}; undo that one first.</source>
        <translation>{path} se escribió de nuevo más tarde, en el lote {batch}; deshaz antes ese.</translation>
    </message>
    <message>
        <source>{path} was written only in part ({reason}); its old content is safe in {copy} beside it and is put back at the next start.</source>
        <translation>{path} se escribió solo en parte ({reason}); su contenido anterior está a salvo en {copy}, a su lado, y se repone en el próximo inicio.</translation>
    </message>
    <message>
        <source>{path} was written only in part and cannot be repaired yet ({reason}); its old content is safe in {copy} beside it and is put back as soon as possible.</source>
        <translation>{path} se escribió solo en parte y aún no se puede reparar ({reason}); su contenido anterior está a salvo en {copy}, a su lado, y se repone lo antes posible.</translation>
    </message>
    <message>
        <source>{worker} has Genretagger {version}, but this is {needed}; install the same version there.</source>
        <translation>{worker} tiene Genretagger {version}, pero este es {needed}; instala allí la misma versión.</translation>
    </message>
    <message>
        <source>{worker} has no Genretagger that works; install it there with the extra cluster.</source>
        <translation>{worker} no tiene ningún Genretagger que funcione; instálalo allí con el extra cluster.</translation>
    </message>
    <message>
        <source>{worker} has version {version} of distributed, but this program has {needed}; install the same one everywhere.</source>
        <translation>{worker} tiene la versión {version} de distributed, pero este programa tiene {needed}; instala la misma en todas partes.</translation>
    </message>
</context>
</TS>
