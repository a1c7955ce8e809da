package form_test

import (
	"net/url"
	"testing"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
)

type inner struct{ Level form.Field }

type sample struct {
	Text      form.Field
	Headcount form.Field
	Barriers  form.Field
	Secret    form.Field
	More      inner
}

func newSample() sample {
	return sample{
		Text:      form.Field{Name: "text", Kind: form.Long},
		Headcount: form.Field{Name: "headcount", Kind: form.Number},
		Barriers:  form.Field{Name: "barriers", Kind: form.Checks, Options: []form.Option{{Value: "distance"}, {Value: "economy", Selected: true}}},
		Secret:    form.Field{Name: "secret", Kind: form.Password},
		More:      inner{Level: form.Field{Name: "level", Kind: form.Radio, Options: []form.Option{{Value: "vgs"}, {Value: "kurs"}}}},
	}
}

func TestInputReadsTypedValues(t *testing.T) {
	in := form.Read(url.Values{
		"text": {"  Vi mangler\r\nkokk\x00 "}, "headcount": {"1\u00a0200"}, "from": {"1.7.2027"},
		"amount": {"1.650.000"}, "open": {"on"}, "level": {"kurs"}, "barriers": {"distance", "distance"},
	})
	if got := in.Text("text"); got != "Vi mangler\nkokk" {
		t.Errorf("Text = %q", got)
	}
	if got := in.Int("headcount"); got != 1200 {
		t.Errorf("Int = %d", got)
	}
	if got := in.Date("from").String(); got != "2027-07-01" {
		t.Errorf("Date = %s", got)
	}
	if got := in.Money("amount"); got != 165_000_000 {
		t.Errorf("Money = %d øre", got)
	}
	if !in.Bool("open") || in.Bool("closed") {
		t.Error("Bool misread")
	}
	if got := in.Choice("level", "vgs", "kurs"); got != "kurs" {
		t.Errorf("Choice = %q", got)
	}
	if got := in.Choices("barriers", "distance"); len(got) != 1 {
		t.Errorf("Choices = %v", got)
	}
	if err := in.Err(); err != nil {
		t.Errorf("Err = %v", err)
	}
}

func TestInputNotesWrongShapes(t *testing.T) {
	in := form.Read(url.Values{"headcount": {"mange"}, "from": {"31.02.2027"}, "level": {"himmel"}, "amount": {"gratis"}, "barriers": {"x"}})
	in.Int("headcount")
	in.Date("from")
	in.Choice("level", "vgs")
	in.Money("amount")
	in.Choices("barriers", "distance")
	e, ok := fault.As(in.Err())
	if !ok || len(e.Fields) != 5 {
		t.Fatalf("faults = %+v", e)
	}
}

func TestRefillKeepsWhatWasTyped(t *testing.T) {
	f := newSample()
	var fs fault.Fields
	fs.Add("level", "form.error.choice")
	fs.Add("headcount", "form.error.number")
	fs.Add("elsewhere", "fault.invalid")
	problems := form.Refill(&f, url.Values{"text": {"Hæ?"}, "headcount": {"mange"}, "secret": {"hemmelig"}, "level": {"kurs"}}, fs.Err(), i18n.Printer{})
	if f.Text.Value != "Hæ?" || f.Headcount.Value != "mange" || f.Headcount.Error == "" {
		t.Errorf("refilled %+v", f)
	}
	if f.Secret.Value != "" {
		t.Error("a password was written back")
	}
	if f.Barriers.Options[1].Selected {
		t.Error("an unticked box is still ticked")
	}
	if !f.More.Level.Options[1].Selected {
		t.Error("the chosen radio is not chosen")
	}
	want := []string{"headcount", "level-1", ""}
	if len(problems) != len(want) {
		t.Fatalf("problems = %+v", problems)
	}
	for i, id := range want {
		if problems[i].ID != id {
			t.Errorf("problem %d is at %q, want %q", i, problems[i].ID, id)
		}
	}
}
