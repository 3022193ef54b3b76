"""The family of several hundred names that tags have, listed and compound ones."""

from __future__ import annotations

import pytest
from mutagen.id3 import TCON

from genretagger.core.vocabulary import agrees_with, vocabulary

NAMES_BY_FAMILY = {
    "Metal": (
        "Heavy Metal; Death Metal; Black Metal; Thrash Metal; Doom Metal; Speed Metal; "
        "Power Metal; Progressive Metal; Symphonic Metal; Folk Metal; Viking Metal; "
        "Pagan Metal; Nu Metal; Nu-Metal; Metalcore; Deathcore; Djent; Groove Metal; "
        "Sludge Metal; Stoner Metal; Drone Metal; Industrial Metal; Gothic Metal; "
        "Alternative Metal; Post-Metal; Rap Metal; Funk Metal; Glam Metal; Hair Metal; "
        "Grindcore; Goregrind; Mathcore; NWOBHM; New Wave of British Heavy Metal; "
        "Melodic Death Metal; Melodeath; Technical Death Metal; Blackgaze; War Metal; "
        "Blackened Death Metal; Atmospheric Black Metal; Depressive Suicidal Black Metal; DSBM; "
        "Symphonic Black Metal; Avant-Garde Metal; Crossover Thrash; Trap Metal; Kawaii Metal; "
        "Noisegrind; Pornogrind; Funeral Doom; Brutal Death Metal; Death Doom; Death 'n' Roll; "
        "Melodic Metalcore; Progressive Metalcore; Electronicore; Neoclassical Metal; "
        "Celtic Metal; Medieval Metal; Extreme Metal; US Power Metal; Christian Metal; Sludge; "
        "Proto-Metal; Latin Metal; Space Metal"
    ),
    "Rock": (
        "Alternative; Alternative Rock; Alternrock; Indie; Indie Rock; Punk; Punk Rock; "
        "Pop Punk; Hardcore Punk; Post-Punk; Post-Hardcore; Emo; Emocore; Midwest Emo; Screamo; "
        "Shoegaze; Dream Pop; Grunge; Post-Grunge; Britpop; Madchester; Math Rock; Post-Rock; "
        "Noise Rock; Garage Rock; Surf Rock; Krautrock; Progressive Rock; Art Rock; "
        "Psychedelic Rock; Space Rock; Acid Rock; Stoner Rock; Desert Rock; Hard Rock; "
        "Glam Rock; Soft Rock; Yacht Rock; Arena Rock; AOR; Album Rock; Southern Rock; "
        "Country Rock; Folk Rock; Blues Rock; Roots Rock; Heartland Rock; Rockabilly; "
        "Psychobilly; Rock & Roll; Gothic Rock; Dark Wave; New Wave; No Wave; Geek Rock; "
        "Garage Punk; Skate Punk; Oi!; Crust Punk; Anarcho Punk; Folk Punk; Celtic Punk; "
        "Riot Grrrl; Queercore; Rock Opera; Wizard Rock; Chamber Rock; Comedy Rock; Jazz Rock; "
        "Industrial Rock; J-Rock; K-Rock; Rap Rock; Slowcore; Sadcore; Jangle Pop; Power Pop; "
        "Paisley Underground; Dunedin Sound; Jam Band; Merseybeat; Freakbeat; Mod Revival; "
        "Rock in Opposition; Neue Deutsche Welle; Visual Kei; Deathrock; Positive Punk; "
        "Egg Punk; Synth Punk; Electropunk; Cowpunk; Deutschpunk; Deutschrock; Ostrock; "
        "Rock nacional; Anadolu Rock; Anatolian Rock; Symphonic Rock; Neo-Psychedelia; "
        "Medieval Rock; Piano Rock; Electronic Rock; Synth Rock; Swamp Rock; Instrumental Rock; "
        "Post-Britpop; Slacker Rock; Bluegrass Rock"
    ),
    "Pop": (
        "J-Pop; K-Pop; C-Pop; Cantopop; Mandopop; Europop; Dance-Pop; Synth-Pop; Electropop; "
        "Indie Pop; Dream Pop; Chamber Pop; Baroque Pop; Art Pop; Power Pop; Teen Pop; "
        "Bubblegum; Hyperpop; Bedroom Pop; Twee Pop; Country Pop; Folk Pop; Pop Rock; "
        "Latin Pop; Sophisti-Pop; City Pop; Schlager; Chanson; Adult Contemporary; "
        "Traditional Pop; Vocal Pop; Sunshine Pop; Progressive Pop; Experimental Pop; Jazz Pop; "
        "Operatic Pop; Brill Building; Boy Band; Girl Group; Ballad Pop; T-Pop; Thai Pop; "
        "V-Pop; Q-Pop; OPM; Pinoy Pop; Turkish Pop; Russian Pop; Italian Pop; "
        "Canzone Napoletana; Levenslied; Nederpop; Dansband; Dansbandsmusik; Manele; "
        "Disco Polo; Shibuya-kei; Kayokyoku; Vocaloid; J-Euro; Picopop; Arabic Pop; Pop Soul; "
        "Pop Rap; Minneapolis Sound; Wonky Pop; Alt-Pop; Dark Pop; Ambient Pop; Indian Pop; "
        "Christian Pop; Christmas Pop; Crooner; Swedish Pop; Ye-ye; Space Age Pop"
    ),
    "Reggae": (
        "Dub; Ska; Dancehall; Ragga; Rocksteady; Roots Reggae; Lovers Rock; Reggae Fusion; "
        "2 Tone; Ska Punk; Third Wave Ska; Dub Poetry; Nyabinghi; Mento; Rockers; Steppers; "
        "Reggae Pop; UK Dub; Digital Reggae; Skinhead Reggae; Early Reggae; Gospel Reggae; "
        "Ragga Hip-Hop; Rub-a-dub; Skacore; Ska Revival; Dub Reggae; Novo Dub"
    ),
    "Hip-Hop": (
        "Rap; Trap; Drill; UK Drill; Grime; Boom Bap; Gangsta Rap; Gangsta; G-Funk; Crunk; "
        "Dirty South; Conscious Hip Hop; Jazz Rap; Alternative Hip Hop; Lo-Fi Hip Hop; "
        "Cloud Rap; Emo Rap; Mumble Rap; Hardcore Hip Hop; East Coast Hip Hop; West Coast Rap; "
        "Southern Rap; Old School Hip Hop; Golden Age Rap; Horrorcore; Nerdcore; Turntablism; "
        "Trip Hop; Hip House; Miami Bass; Bounce; New Orleans Bounce; Hyphy; Snap; Phonk; "
        "Memphis Rap; Chopped and Screwed; Latin Rap; French Rap; Rap Français; Deutschrap; "
        "German Hip Hop; Christian Rap; Abstract Hip Hop; Instrumental Hip Hop; "
        "Industrial Hip Hop; Political Rap; Pop Rap; Rapcore; Plugg; Chicano Rap; Comedy Rap; "
        "Battle Rap; Freestyle Rap; Chillhop; Trap Soul; Britcore; Bongo Flava; Hiplife; Hipco"
    ),
    "Jazz": (
        "Bebop; Bop; Hard Bop; Post-Bop; Cool Jazz; Swing; Big Band; Dixieland; Free Jazz; "
        "Avant-Garde Jazz; Smooth Jazz; Latin Jazz; Acid Jazz; Jazz Fusion; Fusion; Jazz-Funk; "
        "Jazz Funk; Soul Jazz; Vocal Jazz; Modal Jazz; Gypsy Jazz; Jazz Manouche; Nu Jazz; "
        "Ragtime; Bossa Nova; Stride; Boogie Woogie; West Coast Jazz; Third Stream; Ethio-Jazz; "
        "Afro-Cuban Jazz; Trad Jazz; New Orleans Jazz; Chamber Jazz; Spiritual Jazz; "
        "Jazz Blues; Ska Jazz; Jazz Noir; Dark Jazz; Doom Jazz; Punk Jazz; M-Base; "
        "Orchestral Jazz; Straight-Ahead; European Free Jazz; Loft Jazz; Hot Jazz; "
        "Kansas City Jazz; Neo-Bop; Latin Bebop; Jazz Piano; Piano Jazz; Guitar Jazz; "
        "Contemporary Jazz; Indo Jazz; Cape Jazz"
    ),
    "Blues": (
        "Delta Blues; Chicago Blues; Texas Blues; Electric Blues; Country Blues; "
        "Piedmont Blues; Jump Blues; Soul Blues; Blues Rock; British Blues; Louisiana Blues; "
        "Swamp Blues; Memphis Blues; Hill Country Blues; Acoustic Blues; Classic Female Blues; "
        "Vaudeville Blues; Gospel Blues; Punk Blues; Hokum; Talking Blues; Modern Blues; "
        "Piano Blues; Harmonica Blues; St. Louis Blues; Detroit Blues; New Orleans Blues; "
        "Boogie Woogie; Zydeco Blues; Kansas City Blues; Dirty Blues; Canadian Blues; Jug Band"
    ),
    "Country": (
        "Bluegrass; Americana; Alt-Country; Honky Tonk; Outlaw Country; Country Rock; "
        "Country Pop; Western Swing; Nashville Sound; Bakersfield Sound; Progressive Bluegrass; "
        "Red Dirt; Texas Country; Bro-Country; Truck-Driving Country; Countrypolitan; "
        "Neotraditional Country; Old-Time; Hillbilly; Cowboy; Western; Country Gospel; "
        "Country Rap; Country Soul; Gothic Country; Gothic Americana; Urban Cowboy; "
        "Contemporary Country; Classic Country; Cosmic Country; Country Boogie; Rockabilly; "
        "Cajun Country; Traditional Country; Country Folk; Appalachian; Newgrass; Jamgrass"
    ),
    "Disco": (
        "Nu-Disco; Italo-Disco; Space Disco; Euro-Disco; Hi-NRG; Post-Disco; Boogie; "
        "Electro-Disco; Disco House; Disco Funk; Latin Disco; Philly Disco; Orchestral Disco; "
        "Cosmic Disco; Munich Disco; Disco Polo"
    ),
    "Classical": (
        "Opera; Baroque; Romantic; Chamber Music; Symphony; Orchestral; Choral; "
        "Gregorian Chant; Minimalism; Modern Classical; Contemporary Classical; Renaissance; "
        "Medieval; Early Music; Impressionism; Neoclassical; Avant-Garde Classical; Serialism; "
        "Lieder; Sonata; Concerto; String Quartet; Oratorio; Cantata; Requiem; Ballet; "
        "Classical Period; Classical Era; Expressionism; Operetta; Zarzuela; Spectralism; "
        "Electroacoustic; Plainsong; Symphonic; Overture; Fugue; Nocturne; Etude; Motet; "
        "Madrigal; Neo-Romantic; Post-Minimalism; Galant; Rococo; Post-Classical; Orchestra; "
        "Light Classical; Art Song; Mélodie; Late Romantic"
    ),
    "Electronic": (
        "House; Deep House; Tech House; Progressive House; Techno; Minimal Techno; "
        "Detroit Techno; Trance; Psytrance; Goa Trance; Drum & Bass; Jungle; Liquid Funk; "
        "Neurofunk; Dubstep; Brostep; UK Garage; 2-Step; Ambient; Dark Ambient; IDM; Glitch; "
        "Downtempo; Chillout; Trip Hop; Breakbeat; Big Beat; Electro; Electroclash; EBM; "
        "Industrial; Synthwave; Vaporwave; Chillwave; Witch House; Footwork; Future Bass; "
        "Moombahton; Hardstyle; Gabber; Happy Hardcore; Acid House; Acid Techno; Electro House; "
        "Synth-Pop; Eurodance; Chiptune; Big Room House; Melodic Techno; Melodic House; "
        "Organic House; Lo-Fi House; Outsider House; Ghettotech; Baltimore Club; Jersey Club; "
        "Bassline; Speed Garage; Dub Techno; Ambient Dub; Psydub; Psybient; Breakcore; Rave; "
        "Riddim; Hybrid Trap; EDM Trap; Slap House; Phonk House; Hard Dance; Frenchcore; "
        "Uptempo; UK Funky; Wonky; Microhouse; Nu Skool Breaks; Berlin School; "
        "Progressive Electronic; Space Ambient; Drone; Electro Swing; Darksynth; Outrun; "
        "Dreampunk; Mallsoft; Future Funk; Bitpop; Folktronica; Livetronica; Complextro; "
        "Drumstep; Halftime; Sambass; Doomcore; Dark Electro; Aggrotech; Futurepop; "
        "Martial Industrial; Ritual Ambient; Eurotrance; Stutter House; Dutch House; "
        "Jackin House; Trancestep; Psybreaks; Atmospheric Drum and Bass; "
        "Intelligent Drum & Bass; Lento Violento; Bouncy Techno; Makina; Hardvapour; Synth; "
        "Electronica; Vocal Trance; Piano House; Soulful House; Gqom; Amapiano; Afro House; "
        "Juke"
    ),
    "R&B/Soul": (
        "Soul; R&B; Funk; Gospel; Neo-Soul; Motown; Northern Soul; Contemporary R&B; "
        "New Jack Swing; Quiet Storm; P-Funk; Deep Funk; Doo-Wop; Southern Soul; Philly Soul; "
        "Blue-Eyed Soul; Psychedelic Soul; Alternative R&B; PBR&B; Go-Go; Boogie; Funk Rock; "
        "Smooth Soul; Chicago Soul; Deep Soul; Memphis Soul; Swamp Pop; Jazz Funk; Afro-Funk; "
        "Minneapolis Funk; Psychedelic Funk; Synth Funk; Rare Groove; Beach Music; "
        "Progressive Soul; Hip Hop Soul; Electro-Funk"
    ),
    "Folk": (
        "Folk Music; Singer-Songwriter; Indie Folk; Freak Folk; Anti-Folk; Contemporary Folk; "
        "Folk Pop; Celtic; Irish Folk; Neofolk; Psychedelic Folk; Progressive Folk; "
        "Chamber Folk; Folk Punk; Americana; Appalachian Folk; British Folk; Nordic Folk; "
        "Dark Folk; Stomp and Holler; Protest Song; Polka; Klezmer; Fado; Skiffle; Sea Shanty; "
        "Work Song; Cajun; Zydeco; Irish; Scottish; Breton; Celtic Punk"
    ),
}
NAMES = [(name, of) for of, names in NAMES_BY_FAMILY.items() for name in names.split("; ")]


@pytest.mark.parametrize(("name", "family"), NAMES)
def test_a_usual_name_leads_to_its_family(name, family):
    known = vocabulary()
    assert any(known.is_within(place, known.normalise(family)) for place in known.places(name))
    assert agrees_with(name, family)


def test_the_table_of_names_is_long():
    assert len(NAMES) > 500


@pytest.mark.parametrize("name", TCON.GENRES)
def test_the_whole_list_of_id3v1_is_known(name):
    known = vocabulary()
    families = {known.family(place) for place in known.places(name)}
    assert bool(families) != known.names_no_genre(name)
    assert all(known.parent(family) is None for family in families)


@pytest.mark.parametrize(
    ("name", "genres"),
    [
        ("Geek Rock", {"rock"}),
        ("Lo-Fi Hip Hop", {"hiphop"}),
        ("Japanese Hip-Hop", {"hiphop"}),
        ("Ukrainian Black Metal", {"black-metal"}),
        ("Liquid Drum'n'Bass", {"drum-and-bass"}),
        ("Contemporary Rhythm & Blues", {"rnb"}),
        ("Pop Punk", {"pop", "punk"}),
        ("Country Rock", {"country", "rock"}),
        ("Jazz Funk", {"jazz", "funk"}),
        ("Acid Jazz", {"jazz", "funk"}),
        ("Jazz House", {"jazz", "house"}),
        ("Hip-Hop Jazz", {"jazz", "hiphop"}),
        ("Folk Black Metal", {"folk", "black-metal"}),
        ("Disco Polo", {"disco", "pop", "dance"}),
        ("Rockabilly", {"country", "rock-and-roll"}),
        ("Lovers Rock", {"reggae"}),
        ("Rock Steady", {"reggae"}),
        ("Turkish Classical", {"middle-eastern"}),
        ("Post-Metal", {"metal"}),
    ],
)
def test_a_compound_name_is_placed_by_its_last_words_unless_it_is_listed(name, genres):
    assert set(vocabulary().places(name)) == genres


@pytest.mark.parametrize(
    "name",
    [
        *("Bedrock", "Pop/Rock", "Geek\uff0fRock", "Bedroom; Rock", "Rock (live)", "Non-Rock"),
        *("Anti-Pop", "Anything but Jazz", "Music that I like to call rock", "Rock me", "- -"),
    ],
)
def test_no_other_text_is_placed_by_its_last_words(name):
    assert vocabulary().places(name) == ()


def test_both_readings_of_a_compound_name_agree():
    assert agrees_with("Jazz House", "Jazz")
    assert agrees_with("Jazz House", "Electronic")
    assert not agrees_with("Jazz House", "Rock")
