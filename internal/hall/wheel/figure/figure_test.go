package figure_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

func parse(t testing.TB, text string) (figure.Read, error) {
	t.Helper()
	return figure.Parse("tall.csv", strings.NewReader(text), int64(len(text)))
}

func TestParseReadsARowForEachOccupation(t *testing.T) {
	got, err := parse(t, "\ufeffaar;yrkekode;yrke;trondelag;norge\n2017;2512;Programvareutviklere;0;1 650\n2017;7115;Tømrere og snekkere;175;2300\n")
	if err != nil || got.Year != 2017 || len(got.Wrong) != 0 || len(got.Figures) != 4 {
		t.Fatalf("%+v %v", got, err)
	}
	if f := got.Figures[1]; f.Value != 1650 || f.Area != "norge" || f.Label != "Programvareutviklere" {
		t.Errorf("a number with blanks is read as %+v", f)
	}
}

// TestParseTellsWhatIsWrong: row by row, as a spreadsheet counts them.
func TestParseTellsWhatIsWrong(t *testing.T) {
	got, err := parse(t, "aar;yrkekode;yrke;trondelag\n2017;2223;Sykepleiere;mange\n2018;7115;Tømrere;5\nnå;1;A;1\n2017;9;;3\n2017;8;B;-4\n")
	if err != nil {
		t.Fatal(err)
	}
	var rows []int
	for _, w := range got.Wrong {
		rows = append(rows, w.Row)
	}
	want := []int{2, 3, 4, 5, 6}
	if len(rows) != len(want) {
		t.Fatalf("wrong rows %v, want %v", rows, want)
	}
	for i := range want {
		if rows[i] != want[i] {
			t.Errorf("wrong rows %v, want %v", rows, want)
		}
	}
}

func TestParseRefusesAnotherTable(t *testing.T) {
	if _, err := parse(t, "navn;antall\nA;1\n"); err == nil {
		t.Error("a table without the columns is read")
	}
}

// TestStoreIsWholeOrNothing: a file with a mistake is not kept, and neither is the same
// source twice.
func TestStoreIsWholeOrNothing(t *testing.T) {
	d, actor, now := dbtest.New(t), access.SystemActor("test"), clock.At(time.Now())
	store := func(text string) error {
		read, err := parse(t, text)
		if err != nil {
			t.Fatal(err)
		}
		return d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := figure.Store(t.Context(), tx, now, actor, figure.Source{Title: "Undersøkelse", Owner: "NAV"}, read)
			return err
		})
	}
	count := func() (sources, figures int) {
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			list, err := figure.Sources(t.Context(), tx)
			if err != nil || len(list) == 0 {
				return err
			}
			in, err := figure.In(t.Context(), tx, list[0].ID, "trondelag")
			sources, figures = len(list), len(in)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return sources, figures
	}
	if err := store("aar;yrkekode;yrke;trondelag\n2017;1;A;5\n2017;2;B;feil\n"); err == nil {
		t.Error("a file with a mistake is kept")
	}
	if s, _ := count(); s != 0 {
		t.Errorf("%d sources after a refused file", s)
	}
	good := "aar;yrkekode;yrke;trondelag\n2017;1;A;5\n2017;2;B;0\n2017;3;C;50\n"
	if err := store(good); err != nil {
		t.Fatal(err)
	}
	if err := store(good); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same source twice: %v", err)
	}
	if s, n := count(); s != 1 || n != 2 {
		t.Errorf("%d sources with %d figures over nothing, want 1 with 2", s, n)
	}
}

// TestNAVsSurveyAsPublished reads the file that NAV publishes, where it is.
func TestNAVsSurveyAsPublished(t *testing.T) {
	const path = "../../../../../shared/data/stats/nav_bedriftsundersokelse_2017.csv"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the survey is not beside the project: " + err.Error())
	}
	got, err := parse(t, string(data))
	if err != nil || len(got.Wrong) > 0 || got.Year != 2017 || len(got.Figures) < 1000 {
		t.Fatalf("%d figures of %d, wrong %v, %v", len(got.Figures), got.Year, got.Wrong, err)
	}
	for _, f := range got.Figures {
		if f.Code == "2223" && f.Area == "trondelag" && f.Value != 275 {
			t.Errorf("nurses in Trøndelag: %d, want 275", f.Value)
		}
	}
}

// FuzzParse: whatever the file, it is read or refused, and no figure is negative.
func FuzzParse(f *testing.F) {
	f.Add("aar;yrkekode;yrke;trondelag\n2017;1;A;5\n")
	f.Add("aar,yrkekode,yrke\n,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parse(t, text)
		if err != nil {
			return
		}
		for _, x := range got.Figures {
			if x.Value < 0 || x.Code == "" || x.Area == "" {
				t.Errorf("%+v of %q", x, text)
			}
		}
	})
}
