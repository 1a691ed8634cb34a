"""What the doctor says, in English and in Dutch; `doctor` takes it by the path of this file."""

Words = tuple[str, str]  # English, Dutch
TEXT: dict[str, Words] = {
    "python": ("Python", "Python"),
    "python-old": (
        "this is Python {found}, the kit needs 3.11 or newer",
        "dit is Python {found}, de kit heeft 3.11 of nieuwer nodig",
    ),
    "python-old-mend": ("get Python 3.12 from python.org", "haal Python 3.12 van python.org"),
    "python-new": ("{found} (the kit was not tried with it)", "{found} (daarmee is de kit niet geprobeerd)"),
    "install": ("Installation", "Installatie"),
    "install-whole": ("finished", "volledig"),
    "install-none": ("not made by kit.py", "niet door kit.py gemaakt"),
    "install-other": ("{folder} was not made by the kit", "{folder} is niet door de kit gemaakt"),
    "install-other-mend": (
        "move that folder or remove it, then type: {kit}",
        "zet die map ergens anders of verwijder hem, en typ dan: {kit}",
    ),
    "packages": ("Packages", "Pakketten"),
    "packages-good": ("the versions the kit was tested with", "de versies waarmee de kit getest is"),
    "packages-some": (
        'without {names}; pip install "srm_data[all]" brings what is not there',
        'zonder {names}; pip install "srm_data[all]" haalt wat er niet is',
    ),
    "packages-missing": ("not there: {names}", "niet aanwezig: {names}"),
    "packages-broken": (
        "{name} is there but does not work ({why})",
        "{name} is er wel, maar werkt niet ({why})",
    ),
    "packages-other": ("{name} is {found}, tested with {wanted}", "{name} is {found}, getest met {wanted}"),
    "mend-kit": ("type: {kit}", "typ: {kit}"),
    "packages-mend": (
        "type: {kit}  (it makes .venv with the tested versions)",
        "typ: {kit}  (dat maakt .venv met de geteste versies)",
    ),
    "packages-anew": (
        "remove the folder {folder}, then type: {kit}",
        "verwijder de map {folder} en typ dan: {kit}",
    ),
    "server": ("Safety", "Veiligheid"),
    "server-good": (
        "JupyterLab answers this machine only, asks for its token and opens {folder}",
        "JupyterLab antwoordt alleen deze computer, vraagt zijn token en opent {folder}",
    ),
    "server-ignored": (
        "; these settings do not count in the kit: {names}",
        "; deze instellingen tellen niet in de kit: {names}",
    ),
    "server-none": ("JupyterLab cannot start: {why}", "JupyterLab kan niet starten: {why}"),
    "server-open": ("other machines can reach it ({found})", "andere computers kunnen erbij ({found})"),
    "server-token": ("it asks for no token", "hij vraagt geen token"),
    "server-folder": ("it opens {found} instead of {wanted}", "hij opent {found} in plaats van {wanted}"),
    "server-asks": ("it looks for news on the internet", "hij zoekt nieuws op internet"),
    "kernel": ("Kernel", "Kernel"),
    "kernel-good": ("runs in the same Python as JupyterLab", "draait in dezelfde Python als JupyterLab"),
    "kernel-none": ("there is no kernel named python3", "er is geen kernel met de naam python3"),
    "kernel-other": (
        "the kernel runs {found}, JupyterLab runs {wanted}: the lessons will not find their packages",
        "de kernel draait {found}, JupyterLab draait {wanted}: de lessen vinden hun pakketten niet",
    ),
    "kernel-mend": (
        "remove the folder {folder}, or start with: {kit}",
        "verwijder de map {folder}, of start met: {kit}",
    ),
    "widgets": ("Controls", "Knoppen"),
    "widgets-none": (
        "JupyterLab's widget manager is missing: controls would show as plain text",
        "de widget manager van JupyterLab ontbreekt: knoppen verschijnen als kale tekst",
    ),
    "widgets-other": (
        "the widget manager in {folder} is version {found}, ipywidgets 8 needs {wanted}",
        "de widget manager in {folder} is versie {found}, ipywidgets 8 heeft {wanted} nodig",
    ),
    "widgets-other-mend": ("remove the folder {folder}", "verwijder de map {folder}"),
    "widgets-off": ("the widget manager is switched off in {file}", "de widget manager staat uit in {file}"),
    "widgets-off-mend": (
        "take {name} out of disabledExtensions in that file",
        "haal {name} weg bij disabledExtensions in dat bestand",
    ),
    "write": ("Write access", "Schrijven"),
    "write-good": ("yes", "mag"),
    "write-not": ("cannot write in {folder}", "schrijven mag niet in {folder}"),
    "write-mend": (
        "make the folder yours or move the kit to your own; for Jupyter's folders set JUPYTER_DATA_DIR",
        "maak de map van jou of zet de kit in een eigen map; voor Jupyters mappen: zet JUPYTER_DATA_DIR",
    ),
    "fonts": ("Fonts", "Lettertypen"),
    "fonts-good": ("readable", "leesbaar"),
    "fonts-bad": ("these fonts cannot be read: {names}", "deze lettertypen zijn niet te lezen: {names}"),
    "fonts-none": ("the folder {folder} has no fonts", "in de map {folder} staan geen lettertypen"),
    "fonts-mend": ("fetch the kit anew", "haal de kit opnieuw op"),
    "fonts-cache": (
        "matplotlib cannot keep its font list in {folder}: each first figure is slow",
        "matplotlib kan zijn letterlijst niet bewaren in {folder}: elke eerste figuur is traag",
    ),
    "fonts-cache-mend": (
        "set MPLCONFIGDIR to a folder of your own",
        "zet MPLCONFIGDIR op een map van jezelf",
    ),
    "disk": ("Disk", "Schijf"),
    "disk-good": ("{found} MB free", "{found} MB vrij"),
    "disk-full": ("only {found} MB free, {wanted} MB needed", "maar {found} MB vrij, {wanted} MB nodig"),
    "disk-mend": ("remove what you no longer need", "verwijder wat je niet meer nodig hebt"),
    "good": ("ok", "goed"),
    "bad": ("WRONG", "FOUT"),
    "mend": ("Mend", "Zo herstel je het"),
    "all-good": ("All is well.", "Alles is in orde."),
    "some-bad": (
        "{count} of {total} checks found something wrong.",
        "{count} van {total} keuringen vonden een fout.",
    ),
}
