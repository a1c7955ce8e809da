package questionweb_test

import (
	"net/url"
	"testing"
)

// TestOnlyWhatTheKindUses is on the page of a question; what was typed for another
// kind comes back with it, and is not saved.
func TestOnlyWhatTheKindUses(t *testing.T) {
	m := newMaker(t)
	m.made()
	page := m.form + "/nytt-sporsmal/om"
	for kind, want := range map[string][]string{
		"text":     {"limits.max_words", "limits.max_length", "calculation", "prefill"},
		"number":   {"limits.min", "limits.max", "calculation", "prefill"},
		"single":   {"choices.0.code", "choice_filter", "prefill"},
		"multiple": {"choices.0.code", "choice_filter", "limits.max_choices", "prefill"},
		"table":    {"limits.min_rows", "limits.max_rows"},
		"concept":  {"scheme", "limits.max_length", "prefill"},
		"file":     {"limits.max_files"},
		"note":     {},
	} {
		p := m.Post(page, url.Values{"act": {"kind"}, "kind": {kind}, "label.nb": {"Hei"}})
		if p.Status != 200 || p.Attr("[id='label.nb']", "value") != "Hei" || p.Has(".ds-error-summary") {
			t.Errorf("%s: %d", kind, p.Status)
		}
		for _, name := range []string{"limits.max_words", "limits.max_length", "limits.min", "limits.max", "calculation", "prefill", "choices.0.code", "choice_filter", "limits.max_choices",
			"limits.min_rows", "limits.max_rows", "limits.max_files", "scheme"} {
			wanted := false
			for _, w := range want {
				wanted = wanted || w == name
			}
			if got := p.Has("[id='" + name + "']:not([type=hidden])"); got != wanted {
				t.Errorf("%s: %s is shown: %v", kind, name, got)
			}
		}
	}
	// Typed for one kind, shown for another, and back.
	p := m.Post(page, url.Values{"act": {"kind"}, "kind": {"number"}, "label.nb": {"Hei"}, "limits.max_words": {"mange"}, "choices.0.code": {"a"}, "choices.0.label.nb": {"Ja"}})
	if p.Attr("[name='limits.max_words'][type=hidden]", "value") != "mange" || p.Attr("[name='choices.0.label.nb'][type=hidden]", "value") != "Ja" {
		t.Error("what was typed for another kind is gone")
	}
	back := url.Values{"act": {"kind"}, "kind": {"single"}}
	for _, name := range p.Attrs("main form input[type=hidden]", "name") {
		back.Set(name, p.Attr("main form input[name='"+name+"']", "value"))
	}
	if p = m.Post(page, back); p.Attr("[id='choices.0.label.nb']", "value") != "Ja" || p.Attr("[name='limits.max_words'][type=hidden]", "value") != "mange" {
		t.Error("it does not come back")
	}
	// Saved as a number: what it has no use for is neither judged nor saved.
	m.send(page, url.Values{"kind": {"number"}, "label.nb": {"Hvor mange?"}, "name": {"hvormange"}, "limits.max_words": {"mange"}, "limits.max": {"9"}, "choices.0.code": {"a"}})
	p = m.Get(m.form + "/sporsmal/hvormange")
	if p.Has("[name='limits.max_words']") || p.Has("[name='choices.0.code']") || p.Attr("[id='limits.max']", "value") != "9" {
		t.Error("more than a number has use for was saved")
	}
	// Without the button, a kind that needs more asks for it.
	version := p.Attr("main form input[name=version]", "value")
	if p = m.Post(page, url.Values{"version": {version}, "kind": {"single"}, "label.nb": {"Velg"}}); p.Status != 422 || !p.Has("[id='choices.0.code']") {
		t.Errorf("a choice without choices: %d", p.Status)
	}
}
