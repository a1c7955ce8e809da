package check_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/casework/check"
)

var meeting = check.Row{Body: "Kommunedirektørutvalget", Number: "PS 23/20", Day: clock.MustDate("2020-08-18")}

// sound is a paper without findings.
func sound() check.Paper {
	return check.Paper{Title: "Avtale", Decides: true, Treatments: []check.Row{meeting}, Sections: []check.Section{
		{Key: "background", Heading: "Bakgrunn", Text: "Kommunene har samarbeidet siden 2017. Se vedlegg 1."},
		{Key: "recommendation", Heading: "Innstilling", Text: "Avtalen vedtas.", Role: check.Recommendation},
		{Key: "annexes", Heading: "Vedlegg", Text: "1. Avtalen", Role: check.Annexes},
	}}
}

func rules(found []check.Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, string(f.Rule))
	}
	return strings.Join(out, " ")
}

func TestRules(t *testing.T) {
	with := func(change func(*check.Paper)) check.Paper {
		p := sound()
		change(&p)
		return p
	}
	said := func(words string) check.Paper {
		return with(func(p *check.Paper) { p.Sections[0].Text += "\n\n" + words })
	}
	for name, x := range map[string]struct {
		paper check.Paper
		want  string
	}{
		"sound":                 {sound(), ""},
		"header right":          {with(func(p *check.Paper) { p.Header = []check.Row{meeting} }), ""},
		"header without number": {with(func(p *check.Paper) { p.Header = []check.Row{{Body: "kommunedirektørutvalget", Day: meeting.Day}} }), ""},
		"another body (I-10)": {with(func(p *check.Paper) {
			p.Header = []check.Row{{Body: "Regionrådet", Number: "PS 23/20", Day: meeting.Day}}
		}), "header_body"},
		"another day":            {with(func(p *check.Paper) { p.Header = []check.Row{{Body: meeting.Body, Day: clock.MustDate("2020-09-02")}} }), "header_day"},
		"another number":         {with(func(p *check.Paper) { p.Header = []check.Row{{Body: meeting.Body, Number: "PS 24/20"}} }), "header_number"},
		"no meeting":             {with(func(p *check.Paper) { p.Treatments = nil }), "no_meeting"},
		"no proposal (I-11)":     {with(func(p *check.Paper) { p.Sections[1].Text = " \n" }), "no_recommendation"},
		"no section for one":     {with(func(p *check.Paper) { p.Sections = p.Sections[:1]; p.Sections[0].Text = "Tekst om saken" }), "no_recommendation"},
		"only for discussion":    {with(func(p *check.Paper) { p.Sections[1].Text, p.Decides = "", false }), ""},
		"nothing at all":         {with(func(p *check.Paper) { p.Sections = p.Sections[:1]; p.Sections[0].Text = "" }), "empty"},
		"annex 3 of one (I-20)":  {said("Helse er omtalt i vedlegg 3."), "annex_missing"},
		"annexes in a line":      {said("Jf. vedlegg 1 og 2."), "annex_missing"},
		"a range of annexes":     {said("Jf. vedlegg nr. 1–3."), "annex_missing annex_missing"},
		"an annex nobody reads":  {with(func(p *check.Paper) { p.Sections[2].Text += "\n2. Skissen" }), "annex_unused"},
		"the sum is wrong":       {said("| Hva | Kr |\n|---|---|\n| A | 100 000 |\n| B | 50 000 |\n| Sum | 160 000 |"), "table_sum"},
		"the sum is right":       {said("| Hva | Kr | Merknad |\n|---|---|---|\n| A | 100 000 | i 2020 |\n| B | 50 000,50 | |\n| I alt | 150 000,50 | |"), ""},
		"no such day":            {said("Møtet er 31.02.2020."), "impossible_date"},
		"order kept":             {said("1. Bedriftsintern opplæring\n2. Pilot\n\n## Bedriftsintern opplæring\n\nx\n\n## Pilot\n\ny"), ""},
		"order turned (I-22)":    {said("1. Tiltak\n   a. BIO\n   b. Pilot\n\n## Pilot\n\nx\n\n## b) BIO\n\ny"), "outline_order"},
		"order turned, numbered": {said("1. Tiltak\n   1. BIO\n   2. Pilot\n\n## Pilot\n\nx\n\n## BIO\n\ny"), "outline_order"},
		"a dead link":            {with(func(p *check.Paper) { p.Sections[0].Text += " [x](/behov/1)"; p.Dead = []string{"/behov/1"} }), "dead_link"},
		"a figure nobody knows":  {with(func(p *check.Paper) { p.Sections[0].Text += " [[tull]]"; p.Unknown = []string{"tull"} }), "unknown_mark"},
		"a mark is not a blank":  {said("[[behov tekst]]"), ""},
		"a link is not a blank":  {said("[dato for møtet](https://x.example)"), ""},
		"a blank in brackets":    {said("Møtet er [dato]."), "placeholder"},
		"text comes":             {said("Tekst kommer"), "placeholder"},
		"text comes, stressed":   {said("*(tekst kommer)*"), "placeholder"},
		"text is delivered":      {said("Her leveres tekst om målretting av midlene"), "placeholder"},
		"text comes, nn":         {said("Tekst kjem seinare"), "placeholder"},
		"text is delivered, nn":  {said("Her leverast tekst om helse"), "placeholder"},
		"text comes, en":         {said("Text to come"), "placeholder"},
		"to be added":            {said("Figures to be added."), "placeholder"},
		"dots":                   {said("Kommunen: ........"), "placeholder"},
		"xxx":                    {said("Beløpet er XXX kroner"), "placeholder"},
		"questions":              {said("Hvem gjør dette??"), "placeholder"},
		"a promise":              {said("Vurdering kommer senere."), "placeholder"},
		"fill in":                {said("Fylles ut"), "placeholder"},
		"people who come":        {said("Representanten for fylket kommer til møtet, og de som kommer senere, får saken på papir når de er kommet."), ""},
		"money is put in":        {said("Midlene settes inn på fondet, og skjemaet fylles ut av kommunen selv."), ""},
	} {
		if got := rules(check.Run(x.paper)); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// TestStatusCase: a status case as that of 2021 has two places where text was to
// come and refers to a third annex of two (I-20, I-21).
func TestStatusCase(t *testing.T) {
	p := check.Paper{Treatments: []check.Row{{Body: "Kompetanseforum", Day: clock.MustDate("2021-09-14")}}, Sections: []check.Section{
		{Key: "facts", Heading: "Faktiske opplysninger", Text: "Partnernes vurdering står i vedlegg 1 og avdelingenes i vedlegg 2. Helse står i vedlegg 3.\n\nTekst kommer"},
		{Key: "discussion", Heading: "Drøftinger", Text: "Her leveres tekst om målretting."},
		{Key: "annexes", Heading: "Vedlegg", Text: "1. Partnernes vurdering\n2. Avdelingenes tilbakemelding", Role: check.Annexes},
	}}
	if got := rules(check.Run(p)); got != "placeholder placeholder annex_missing" {
		t.Error(got)
	}
}

// TestIDs: an acceptance holds while what it is about stands, whatever is written
// elsewhere, and two equal findings are two.
func TestIDs(t *testing.T) {
	p := sound()
	p.Sections[0].Text += "\n\nTekst kommer\n\nTekst kommer"
	first := check.Run(p)
	p.Sections[0].Text = "Noe nytt om saken. " + p.Sections[0].Text
	second := check.Run(p)
	if len(first) != 2 || len(second) != 2 || first[0].ID != second[0].ID || first[1].ID != second[1].ID || first[0].ID == first[1].ID {
		t.Errorf("%+v\n%+v", first, second)
	}
}

func TestReferences(t *testing.T) {
	got := strings.Join(check.References("Jf. FT 59/19 og FU 161/20, YON 34/20, sak 2020/10212-1; FT 59/19. Ikke 1/20, A4 eller 12/2020."), ",")
	if got != "FT 59/19,FU 161/20,YON 34/20,2020/10212-1" {
		t.Error(got)
	}
}

func FuzzRun(f *testing.F) {
	f.Add("vedlegg 1 til 99\n1. a\n   - b\n\n## a", "| a | b |\n|---|---|\n| x | 1 |\n| sum | 2 |")
	f.Add("31.02.2020 [dato] [[x]]", "- v\n2) w\nvedlegg 3: x")
	f.Fuzz(func(t *testing.T, words, annexes string) {
		p := check.Paper{Decides: true, Header: []check.Row{{Body: words}}, Dead: []string{"/x"}, Sections: []check.Section{
			{Key: "a", Heading: "A", Text: words}, {Key: "b", Heading: words, Text: annexes, Role: check.Annexes}}}
		seen := map[string]bool{}
		for _, x := range check.Run(p) {
			if x.ID == "" || x.Key == "" || seen[x.ID] {
				t.Fatalf("finding %+v", x)
			}
			seen[x.ID] = true
		}
	})
}
