package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func tsv(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.tsv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMatch(t *testing.T) {
	programmes := tsv(t,
		"level\tid\ttitle\tdescription\toccupations_styrk08\tunknown column",
		"fagbrev\tP1\tFagbrev på jobb: trelast\tFor operatører på sagbruk som kjører saglinje.\t8172\tx",
		"kurs\tP2\tSveisekurs\tTIG på rustfritt stål.\t7212",
		"\tP3\tReiseliv\tBooking og vertskap på hotell.\t",
		"kurs\t\tUten id\tSveising av rustfritt.\t7212",
		"hoyere\tP4\tSykepleie\t\t2223")
	offerings := tsv(t, "id\tprogramme_id\tstart_type\tdelivery", "O1\tP1\tLOPENDE\tbedrift", "O2\t\t\t")
	needs := tsv(t,
		"text\tid\twanted_level\tpurpose\tstyrk08",
		"Han som styre saga går av te sommarn, og ingen anna kan stille a inn\tN1\t\t\t",
		"Vi må ha to som kan sveise rustfritt\tN2\tkurs\tevu\t9999",
		"Når går bussen til Røros?\tN3",
		"Vi trenger en organist\tN4",
		"\tN5",
		"Vi mangler sykepleiere\t\t\t")
	code, stdout, stderr := command("match", "--programmes", programmes, "--offerings", offerings, "--needs", needs, "--top", "2", "--today", "2026-11-21")
	if code != 0 || !strings.Contains(stderr, "line 7") {
		t.Fatalf("exit %d, messages %q", code, stderr)
	}
	got := map[string][]string{}
	for line := range strings.Lines(stdout) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 4 {
			t.Fatalf("line %q", line)
		}
		got[cells[0]] = append(got[cells[0]], cells[1]+" "+cells[2])
	}
	for need, first := range map[string]string{"N1": "P1 1", "N2": "P2 1", "N3": "- 0", "N4": "- 0", "N5": "- 0"} {
		if len(got[need]) == 0 || got[need][0] != first {
			t.Errorf("%s: got %v, want %s first", need, got[need], first)
		}
	}
	if len(got) != 5 || len(got["N1"]) != 2 || len(got["N3"]) != 1 {
		t.Errorf("got %v", got)
	}
	if _, again, _ := command("match", "--needs", needs, "--top", "2", "--offerings", offerings, "--programmes", programmes); again != stdout {
		t.Errorf("another time: %q, first %q", again, stdout)
	}
}

func TestMatchRefuses(t *testing.T) {
	good := tsv(t, "id\ttext", "N1\tVi trenger en sveiser")
	long := tsv(t, "id\ttext", "N1\t"+strings.Repeat("Vi trenger en sveiser. ", 5000))
	bad := tsv(t, "id\tlevel", "P1\tphd")
	empty := tsv(t)
	args := func(programmes, needs string, more ...string) []string {
		return append([]string{"match", "--programmes", programmes, "--offerings", empty, "--needs", needs}, more...)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		out  string
	}{
		"no programmes at all":        {args(empty, good), 0, "N1\t-\t0\t0\n"},
		"a need of 100,000 letters":   {args(empty, long), 0, "N1\t-\t0\t0\n"},
		"no needs":                    {args(empty, empty), 0, ""},
		"a level that is none":        {args(bad, good), 1, ""},
		"a file that is not there":    {args(empty, "/nowhere.tsv"), 2, ""},
		"a folder that is not there":  {args(empty, good, "--data", "/nowhere"), 2, ""},
		"none wanted":                 {args(empty, good, "--top", "0"), 2, ""},
		"a day that is none":          {args(empty, good, "--today", "2026-02-30"), 2, ""},
		"no needs file":               {[]string{"match", "--programmes", empty, "--offerings", empty}, 2, ""},
		"a folder without vocabulary": {args(empty, good, "--data", t.TempDir()), 0, "N1\t-\t0\t0\n"},
	} {
		code, stdout, stderr := command(c.args...)
		if code != c.code || stdout != c.out || (code != 0) != (stderr != "") {
			t.Errorf("%s: exit %d, %q, %q; want exit %d and %q", name, code, stdout, stderr, c.code, c.out)
		}
	}
}

// The needs of ../shared/data, whose column of occupations stays empty, as they do
// when others measure.
func TestMatchOnTheDataBesideTheProject(t *testing.T) {
	dir := "../../../shared/data/matching"
	needs, err := os.ReadFile(filepath.Join(dir, "needs_dev.tsv"))
	if err != nil {
		t.Skipf("not part of the project: %v", err)
	}
	var lines []string
	for i, line := range strings.Split(strings.TrimSpace(string(needs)), "\n") {
		if cells := strings.Split(line, "\t"); i > 0 {
			line = strings.Join(cells[:len(cells)-1], "\t") + "\t"
		}
		lines = append(lines, line)
	}
	code, stdout, stderr := command("match", "--programmes", filepath.Join(dir, "programmes.tsv"), "--offerings", filepath.Join(dir, "offerings.tsv"),
		"--needs", tsv(t, lines...), "--top", "10")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	rows, silent := map[string]int{}, 0
	for line := range strings.Lines(stdout) {
		cells := strings.Split(line, "\t")
		rows[cells[0]]++
		if cells[1] == "-" {
			silent++
		}
	}
	if len(rows) != len(lines)-1 {
		t.Errorf("%d needs are answered, want %d", len(rows), len(lines)-1)
	}
	if silent < 3 || silent > 6 {
		t.Errorf("%d needs have no answer; four have none", silent)
	}
}
