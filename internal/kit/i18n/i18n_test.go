package i18n_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
)

func load(t *testing.T, nb, nn, en string) *i18n.Bundle {
	t.Helper()
	b, err := i18n.Load(fstest.MapFS{
		"text/nb.json": {Data: []byte(nb)}, "text/nn.json": {Data: []byte(nn)}, "text/en.json": {Data: []byte(en)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const nb = `{"a.hello":"Hei, {name}","a.plain":"Behov","a.of":"{n} av {of}","a.count":{"one":"{n} behov fra {who}","other":"{n} behov i alt fra {who}"}}`

func TestMessages(t *testing.T) {
	b := load(t, nb, nb, strings.ReplaceAll(nb, "Hei", "Hello"))
	p := b.Printer(i18n.NB)
	for _, c := range []struct{ got, want string }{
		{p.T("a.plain"), "Behov"},
		{p.T("a.hello", "name", "Åse {n} <b>"), "Hei, Åse {n} <b>"},
		{p.T("a.hello"), "Hei, {name}"},
		{p.T("a.count", "n", 1, "who", "Røros"), "1 behov fra Røros"},
		{p.T("a.count", "n", 1200, "who", "Røros"), "1\u00a0200 behov i alt fra Røros"},
		{p.T("a.count", "n", 0, "who", "Røros"), "0 behov i alt fra Røros"},
		{p.T("a.of", "n", 1, "of", 4), "1 av 4"},
		{p.T("a.unknown"), "a.unknown"},
		{b.Printer(i18n.EN).T("a.hello", "name", "x"), "Hello, x"},
		{b.Printer("fr").T("a.hello", "name", "x"), "Hei, x"},
		{i18n.Printer{}.T("a.hello"), "a.hello"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	b.ShowKeys(true)
	if got := p.T("a.plain"); got != "a.plain" {
		t.Errorf("with keys shown: %q", got)
	}
}

func TestCheckFindsWhatIsMissing(t *testing.T) {
	if got := load(t, nb, nb, nb).Check(); len(got) != 0 {
		t.Errorf("complete catalogues: %v", got)
	}
	got := strings.Join(load(t, nb, `{"a.hello":"Hei","a.plain":"","a.count":{"other":"{n} {who}"},"a.extra":"x"}`, `{"a.hello":"Hi, <b>{name}</b>","a.plain":"x"}`).Check(), "\n")
	for _, want := range []string{"nn: a.hello has the values", "nn: a.plain is empty", "nn: a.extra is not in nb", "en: a.count is missing", "en: a.hello holds HTML"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestAKeyLivesOnce(t *testing.T) {
	fsys := fstest.MapFS{"text/nb.json": {Data: []byte(nb)}, "text/nn.json": {Data: []byte(nb)}, "text/en.json": {Data: []byte(nb)}}
	if _, err := i18n.Load(fsys, fsys); err == nil {
		t.Error("two catalogues define the same key, and nobody says so")
	}
}

func TestFormats(t *testing.T) {
	b := load(t, nb, nb, nb)
	p, en := b.Printer(i18n.NB), b.Printer(i18n.EN)
	summer := clock.At(time.Date(2026, 7, 1, 22, 30, 0, 0, time.UTC))
	for _, c := range []struct{ got, want string }{
		{p.Date(clock.MustDate("2020-07-01")), "01.07.2020"},
		{en.Date(clock.MustDate("2020-07-01")), "1 July 2020"},
		{p.Date(clock.Date{}), ""},
		{p.Day(clock.MustDate("2026-12-03"), clock.MustDate("2026-11-21")), "3. desember"},
		{p.Day(clock.MustDate("2027-01-04"), clock.MustDate("2026-11-21")), "4. januar 2027"},
		{en.Day(clock.MustDate("2026-12-03"), clock.MustDate("2026-11-21")), "3 December"},
		{p.Day(clock.Date{}, clock.MustDate("2026-11-21")), ""},
		{p.Moment(summer), "02.07.2026 kl. 00.30"},
		{p.Number(-1234567), "−1\u00a0234\u00a0567"},
		{en.Number(1234567), "1,234,567"},
		{p.Number(999), "999"},
		{p.Decimal(25, 1), "25,0"},
		{p.Money(money.NOK(165_000_000)), "kr\u00a01\u00a0650\u00a0000"},
		{p.Join([]string{"a", "b", "c"}), "a, b og c"},
		{en.Join([]string{"a", "b"}), "a and b"},
		{p.Join(nil), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestNegotiate(t *testing.T) {
	for _, c := range []struct {
		chosen, accept string
		want           i18n.Lang
	}{
		{"", "", i18n.NB}, {"", "nb-NO,nb;q=0.9,en;q=0.8", i18n.NB}, {"", "nn-NO,nb", i18n.NN}, {"", "no", i18n.NB},
		{"", "da,en;q=0.5", i18n.NB}, {"", "pl,en-GB;q=0.7", i18n.EN}, {"en", "nb", i18n.EN}, {"klingon", "nn", i18n.NN}, {"", ";;;,,", i18n.NB},
	} {
		if got := i18n.Negotiate(c.chosen, c.accept); got != c.want {
			t.Errorf("Negotiate(%q, %q) = %s, want %s", c.chosen, c.accept, got, c.want)
		}
	}
}

func TestTextFallsBack(t *testing.T) {
	text := i18n.Text{NB: "Sveising", EN: "Welding"}
	if s, l := text.In(i18n.NN); s != "Sveising" || l != i18n.NB {
		t.Errorf("nn: %q in %s", s, l)
	}
	if s, l := (i18n.Text{NN: "Sveising"}).In(i18n.EN); s != "Sveising" || l != i18n.NN {
		t.Errorf("en: %q in %s", s, l)
	}
}
