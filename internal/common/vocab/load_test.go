package vocab

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/vocab/norsk"
)

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func first(t *testing.T, x *Index, text string) string {
	t.Helper()
	r := x.Link(text, LinkOptions{Schemes: []Scheme{Styrk08}, Top: 1})
	if len(r.Matches) == 0 {
		return ""
	}
	return r.Matches[0].Code
}

func TestStarterIsComplete(t *testing.T) {
	x := starterOf(t)
	for scheme, least := range map[Scheme]int{Styrk08: 400, Trade: 200, Topic: 200} {
		all := x.Concepts(scheme)
		if len(all) < least {
			t.Errorf("%s has %d concepts, want %d", scheme, len(all), least)
		}
		for _, c := range all {
			if c.NB == "" || c.Code == "" || c.Scheme != scheme {
				t.Errorf("%+v", c)
			}
			for _, code := range c.Styrk08 {
				if _, ok := x.Concept(Styrk08, code); !ok {
					t.Errorf("%s %s leads to %s, which is no unit group", scheme, c.Code, code)
				}
			}
		}
	}
	if len(x.signals) < 100 {
		t.Errorf("%d beginnings of signals", len(x.signals))
	}
}

// The starter's unit groups, and the groups its list of successors names, are the official ones.
func TestStarterAgreesWithTheOfficialList(t *testing.T) {
	d := newDraft()
	official := map[string]bool{}
	err := d.optional(sharedVocab(t), "styrk08.tsv", func(row []string) error {
		if cell(row, 1) == "4" {
			official[cell(row, 0)] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range starterOf(t).Concepts(Styrk08) {
		if !official[c.Code] {
			t.Errorf("%s %s is not in the official list", c.Code, c.NB)
		}
		delete(official, c.Code)
	}
	for code := range official {
		if code != "0000" {
			t.Errorf("%s is missing in the starter", code)
		}
	}
	if err := d.readStarter(); err != nil {
		t.Fatal(err)
	}
	for old, codes := range d.successors {
		for _, code := range codes {
			if d.find(Styrk08, code) == nil {
				t.Errorf("STYRK-98 %s went to %s, which is no unit group", old, code)
			}
		}
	}
}

func TestLoadWithoutFiles(t *testing.T) {
	x, err := Load(Options{Data: filepath.Join(t.TempDir(), "nowhere")})
	if err != nil {
		t.Fatalf("a missing folder of optional files: %v", err)
	}
	if got := first(t, x, "sykepleier"); got != "2223" {
		t.Errorf("got %s", got)
	}
	if _, err := Load(Options{Examples: filepath.Join(t.TempDir(), "none.tsv")}); err == nil {
		t.Error("a missing file of examples is no error")
	}
}

func TestLoadExamples(t *testing.T) {
	dir := folder(t, map[string]string{"e.tsv": "title\tcodes\r\nKvakksalver\t3230\r\nMangesysler\t9622,5153\r\nTom\t\r\n"})
	x, err := Load(Options{Examples: filepath.Join(dir, "e.tsv")})
	if err != nil {
		t.Fatal(err)
	}
	if got := first(t, x, "kvakksalver"); got != "3230" {
		t.Errorf("kvakksalver is %s, want 3230", got)
	}
	r := x.Link("Mangesysler", LinkOptions{Schemes: []Scheme{Styrk08}, Top: 2})
	if got := codesOf(r.Matches, 2); !slices.Contains(got, "9622") || !slices.Contains(got, "5153") {
		t.Errorf("mangesysler is %v, want 9622 and 5153", got)
	}
}

func TestLoadOfficialFiles(t *testing.T) {
	const uri = "http://data.europa.eu/esco/occupation/1"
	dir := folder(t, map[string]string{
		"styrk08.tsv":                  "kode\tnivaa\tnavn\tforelder\n7\t1\tHåndverkere\t\n7115\t4\tTømrere og snekkere\t711\n",
		"esco_labels_no.tsv":           "uri\tpreferred\tlabel\n" + uri + "\t1\tgnurrmaker\n",
		"esco_labels_sv.tsv":           "uri\tpreferred\tlabel\n" + uri + "\t1\tknarrbyggare\n",
		"styrk08_esco_crosswalk.json":  `{"http://x/norwegian-occupations/110":{"matches":{"http://data.europa.eu/esco/occupation/2":"broadMatch"}},"http://x/C7313":{"matches":{"` + uri + `":"exactMatch"}}}`,
		"esco_occupations_en.csv":      "ORIGINURI,ISCOGROUPCODE,PREFERREDLABEL,ALTLABELS\n" + uri + ",7313,blurb smith,\"blurb wright\nblurbist\"\nhttp://x/3,7313,frobnicator,\n",
		"yrkeskatalog_styrk98.tsv":     "kode\ttittel\n7144103\tPIPEKOSTER\n7124101\tFORSKALINGSSNURRER (LÆRLING)\n",
		"programomraader_2026.tsv":     "kode\tnavn\tutdanningsprogram\ttrinn\tsted\nXXABC3----\tSnurrefaget\tXX\tVg3\tbedrift\n",
		"utdanningsprogram_larefag.js": "not read",
	})
	if err := os.Rename(filepath.Join(dir, "styrk08.tsv"), filepath.Join(dir, "real.tsv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.tsv", filepath.Join(dir, "styrk08.tsv")); err != nil {
		t.Fatal(err)
	}
	x, err := Load(Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"gnurrmaker": "7313", "knarrbyggare": "7313", "blurbist": "7313", "frobnicator": "7313",
		"pipekoster": "7133", "forskalingssnurrer": "7114",
	} {
		if got := first(t, x, text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	if c, ok := x.Concept(Trade, "XXABC3----"); !ok || c.NB != "Snurrefaget" || c.Program != "XX" {
		t.Errorf("trade %+v %v", c, ok)
	}
	if !slices.ContainsFunc(x.Sources(), func(s Source) bool { return s.Name == "yrkeskatalog_styrk98.tsv" && s.Rows == 2 }) {
		t.Errorf("sources %v", x.Sources())
	}
}

func TestLoadTellsWhereAFileIsBroken(t *testing.T) {
	for name, text := range map[string]string{
		"styrk08_esco_crosswalk.json": "{",
		"esco_occupations_en.csv":     "A,B\n1,2\n",
		"styrk08.tsv":                 "kode\n" + strings.Repeat("x", 5<<20),
	} {
		_, err := Load(Options{Data: folder(t, map[string]string{name: text})})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v does not name the file", name, err)
		}
	}
}

func TestLearn(t *testing.T) {
	d := newDraft()
	for code, texts := range map[string][]string{
		"1": {"klippe hår", "farge hår", "salong", "vaske hår"}, "2": {"sveise rør", "kutte stål", "verksted", "lese tegning"},
	} {
		e := d.entry(Styrk08, code)
		e.name("Yrke "+code, "", "")
		e.add(task, 1, texts...)
	}
	parts := weighted(norsk.Tokens("Salongen trenger noen til å klippe"))
	var runs [2][2]float32
	for i := range runs {
		learn(d.of(Styrk08)).shares(runs[i][:], parts)
	}
	if runs[0] != runs[1] {
		t.Errorf("two trainings give %v", runs)
	}
	if runs[0][0] < 0.6 {
		t.Errorf("the hairdresser has a share of %.2f", runs[0][0])
	}
}

func TestLabels(t *testing.T) {
	c := Concept{NB: "Sykepleiere", NN: "Sjukepleiarar"}
	for lang, want := range map[string][2]string{
		"nb": {"Sykepleiere", "nb"}, "nn": {"Sjukepleiarar", "nn"}, "en": {"Sykepleiere", "nb"}, "": {"Sykepleiere", "nb"},
	} {
		if label, in := c.LabelIn(lang); label != want[0] || in != want[1] || c.Label(lang) != label {
			t.Errorf("%q: %s in %s, want %v", lang, label, in, want)
		}
	}
	if s, err := ParseScheme("tema"); err != nil || s != Topic {
		t.Errorf("tema is %q, %v", s, err)
	}
	if _, err := ParseScheme("isco"); err == nil {
		t.Error("isco is a scheme")
	}
	if _, ok := starterOf(t).Concept("ukjent", "1"); ok {
		t.Error("a concept of an unknown scheme")
	}
}

func TestSuggest(t *testing.T) {
	x := starterOf(t)
	for _, c := range []struct {
		typed string
		want  string
	}{{"sykeplei", "2223"}, {"SJUKEPLEI", "2223"}, {"tømr", "7115"}, {"2223", "2223"}, {"nurse", "2223"}} {
		got := x.Suggest(Styrk08, c.typed, 8)
		if !slices.ContainsFunc(got, func(s Concept) bool { return s.Code == c.want }) {
			t.Errorf("%q suggests %v, want %s", c.typed, got, c.want)
		}
	}
	for _, typed := range []string{"", "  ", "qqqq"} {
		if got := x.Suggest(Styrk08, typed, 8); len(got) != 0 {
			t.Errorf("%q suggests %v", typed, got)
		}
	}
	if got := x.Suggest(Styrk08, "a", 3); len(got) != 3 {
		t.Errorf("asked for 3, got %d", len(got))
	}
}
