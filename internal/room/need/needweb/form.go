package needweb

import (
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb/telling"
)

// stated is a need as the form holds it: the content, and what was written
// where the content has an id or a number.
type stated struct {
	need.Content
	Whose string // the organisation as written
	Place string // the municipality as written
	// New is a name that is in no register and will be registered; Similar are
	// organisations that may be the one meant.
	New     string
	Similar []org.Entry
	// Found is what Enhetsregisteret has for what was written, and Unit what
	// was chosen of it, to be registered.
	Found register.Answer
	Unit  *register.Hit
	// quiet tells that the script saves what is being written: nobody outside is
	// asked about it.
	quiet bool
}

// needForm is the form: the four mandatory things first, the rest in groups
// that open on a press. Fields without a name are not drawn.
type needForm struct {
	Text          form.Field
	Organisation  form.Field
	RepresentedBy form.Field
	Whose         whoseView
	Several       group
	Municipality  form.Field
	Headcount     form.Field
	Groups        []group
}

// group is a part of the form that opens on a press.
type group struct {
	Summary string
	Hint    string
	Open    bool
	Notice  *ui.Notice
	Fields  []form.Field
}

// opened opens the group when something in it is filled in or wrong.
func (g group) opened() group {
	g.Open = slices.ContainsFunc(g.Fields, func(f form.Field) bool {
		ticked := slices.ContainsFunc(f.Options, func(o form.Option) bool { return o.Selected && o.Value != "" && o.Value != string(need.Open) })
		return f.Error != "" || len(f.Options) == 0 && f.Value != "" || ticked
	})
	return g
}

type formView struct {
	web.Page
	Head     ui.Head
	Warnings warningsView
	// Theirs is what somebody else saved, where it differs from what was typed.
	Theirs  []ui.Fact
	Fixed   []ui.Fact // what cannot be changed any more
	Action  string
	Hidden  []ui.Hidden
	Form    needForm
	Draft   ui.Draft
	Actions ui.Actions
}

// options are the choices of a list of codes; any is the label of choosing
// none, "" for no such choice.
func options[T telling.Labelled](t i18n.Printer, any i18n.Key, list []T, chosen ...T) []form.Option {
	var out []form.Option
	if any != "" {
		out = append(out, form.Option{Label: t.T(any), Selected: len(chosen) == 0 || chosen[0] == ""})
	}
	for _, v := range list {
		out = append(out, form.Option{Value: string(v), Label: t.T(v.Label()), Selected: slices.Contains(chosen, v)})
	}
	return out
}

// newForm draws what is stated. fixed leaves out whose need it is.
func (p *pages) newForm(t i18n.Printer, reg registrar, s stated, fixed bool) needForm {
	f := needForm{
		Text: form.Field{Name: "text", Kind: form.Long, Rows: 5, Label: t.T("need.label.text"), Hint: t.T("need.hint.text"), Value: s.Text,
			Required: true, Attrs: []form.Attr{{Name: "hx-post", Value: "/behov/ny/tekst"},
				{Name: "hx-trigger", Value: "change"}, {Name: "hx-target", Value: "#text-warning"}}},
		Municipality: form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("need.label.municipality"), Hint: t.T("need.hint.municipality"),
			Value: s.Place, Required: true, Datalist: p.Needs.Places().Options(p.Needs.Today()), Autocomplete: "off"},
		Headcount: form.Field{Name: "headcount", Kind: form.Number, Label: t.T("need.label.headcount"), Value: positive(s.Headcount), Required: true},
		Groups:    []group{aboutGroup(t, s), whyGroup(t, s), willingGroup(t, s), p.sightGroup(t, s)},
	}
	if s.Confidentiality == "" || s.Confidentiality == need.Open {
		f.Headcount.Hint = t.T("need.hint.headcount_open")
	}
	if fixed {
		if s.Organisation == "" {
			f.Several = severalGroup(t, s)
		}
		return f
	}
	f.Organisation = reg.field(t, s)
	if !reg.represents {
		return f
	}
	f.Several = severalGroup(t, s)
	if len(reg.reps) > 1 {
		f.RepresentedBy = form.Field{Name: "represented_by", Kind: form.Select, Label: t.T("need.label.represented_by")}
		for _, o := range reg.reps {
			f.RepresentedBy.Options = append(f.RepresentedBy.Options, form.Option{Value: string(o.Org), Label: o.OrgName, Selected: o.Org == s.RepresentedBy})
		}
	}
	return f
}

func aboutGroup(t i18n.Printer, s stated) group {
	title := s.Title
	if title == need.TitleOf(s.Text) {
		title = ""
	}
	sectors := []form.Option{{Label: t.T("need.any.unsaid"), Selected: s.Sector == ""}}
	for _, letter := range need.Sectors() {
		sectors = append(sectors, form.Option{Value: letter, Label: t.T(need.SectorLabel(letter)), Selected: letter == s.Sector})
	}
	return group{Summary: t.T("need.group.about"), Fields: []form.Field{
		{Name: "purpose", Kind: form.Radio, Label: t.T("need.label.purpose"), Options: options(t, "need.any.unsaid", need.Purposes(), s.Purpose)},
		{Name: "level", Kind: form.Select, Label: t.T("need.label.level"), Options: options(t, "need.any.unsaid", knownLevels(), telling.Known(s.Level))},
		{Name: "forms", Kind: form.Checks, Label: t.T("need.label.forms"), Options: options(t, "", need.Forms(), s.Forms...)},
		{Name: "wanted_from", Kind: form.Date, Label: t.T("need.label.wanted_from"), Value: s.WantedFrom.String()},
		{Name: "horizon", Kind: form.Select, Label: t.T("need.label.horizon"), Options: options(t, "need.any.unsaid", need.Horizons(), s.Horizon)},
		{Name: "sector", Kind: form.Select, Label: t.T("need.label.sector"), Options: sectors},
		{Name: "title", Kind: form.Text, Label: t.T("need.label.title"), Hint: t.T("need.hint.title"), Value: title, MaxRunes: need.MaxTitle},
	}}.opened()
}

func whyGroup(t i18n.Printer, s stated) group {
	return group{Summary: t.T("need.group.why"), Fields: []form.Field{
		{Name: "cause", Kind: form.Select, Label: t.T("need.label.cause"), Options: options(t, "need.any.unsaid", need.Causes(), s.Cause)},
		{Name: "consequences", Kind: form.Checks, Label: t.T("need.label.consequences"), Options: options(t, "", need.Consequences(), s.Consequences...)},
		{Name: "barriers", Kind: form.Checks, Label: t.T("need.label.barriers"), Hint: t.T("need.hint.barriers"), Options: options(t, "", need.Barriers(), s.Barriers...)},
	}}.opened()
}

func willingGroup(t i18n.Printer, s stated) group {
	willing := telling.WillingCodes(s.Willing)
	return group{Summary: t.T("need.group.willing"), Hint: t.T("need.group.willing.hint"), Fields: []form.Field{
		{Name: "willing", Kind: form.Checks, Label: t.T("need.label.willing"), Options: options(t, "", telling.AllWilling(), willing...)},
		{Name: "willing_pledge_seats", Kind: form.Number, Label: t.T("need.label.willing_pledge_seats"), Hint: t.T("need.hint.willing_pledge_seats"),
			Value: positive(s.Willing.PledgeSeats)},
	}}.opened()
}

func severalGroup(t i18n.Printer, s stated) group {
	firms := s.Firms
	if s.Organisation != "" && firms == 1 {
		firms = 0
	}
	return group{Summary: t.T("need.group.several"), Hint: t.T("need.group.several.hint"), Fields: []form.Field{
		{Name: "firms", Kind: form.Number, Label: t.T("need.label.firms"), Value: positive(firms)},
	}}.opened()
}

// sightGroup asks who may see the need, and says that others may ask for it
// all the same.
func (p *pages) sightGroup(t i18n.Printer, s stated) group {
	chosen := s.Confidentiality
	if chosen == "" {
		chosen = need.Open
	}
	who := options(t, "", need.Confidentialities(), chosen)
	for i, c := range need.Confidentialities() {
		who[i].Hint = t.T(i18n.Key("need.confidentiality.hint." + string(c)))
	}
	return group{Summary: t.T("need.group.sight"), Notice: &ui.Notice{Text: t.T("need.notice.access")}, Fields: []form.Field{
		{Name: "confidentiality", Kind: form.Radio, Label: t.T("need.label.confidentiality"), Options: who},
		{Name: "confidentiality_ground", Kind: form.Long, Rows: 3, Label: t.T("need.label.confidentiality_ground"),
			Hint: t.T("need.hint.confidentiality_ground"), Value: s.ConfidentialityGround, MaxRunes: need.MaxGround},
	}}.opened()
}

// knownLevels are the levels to choose from; not knowing is choosing none.
func knownLevels() []need.Level {
	return slices.DeleteFunc(need.Levels(), func(l need.Level) bool { return l == need.LevelUnknown })
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// registrar is who fills in the form: the organisations he may own needs in,
// those he represents others with, and the names to suggest.
type registrar struct {
	own, reps    []access.Assignment
	represents   bool
	suggestions  []string
	municipality string
}

// field asks whose need it is: employers choose among their own, advisers
// write any name.
func (reg registrar) field(t i18n.Printer, s stated) form.Field {
	f := form.Field{Name: "organisation", Label: t.T("need.label.organisation"), Required: true}
	if !reg.represents {
		f.Kind = form.Select
		for _, o := range reg.own {
			f.Options = append(f.Options, form.Option{Value: string(o.Org), Label: o.OrgName, Selected: o.Org == s.Organisation})
		}
		return f
	}
	f.Kind, f.Value, f.Datalist, f.Autocomplete = form.Suggest, s.Whose, reg.suggestions, "off"
	f.Hint = t.T("need.hint.organisation")
	f.Attrs = []form.Attr{{Name: "hx-post", Value: "/behov/ny/virksomhet"}, {Name: "hx-trigger", Value: "input changed delay:300ms"},
		{Name: "hx-target", Value: "#whose"}, {Name: "hx-sync", Value: "this:replace"}}
	return f
}
