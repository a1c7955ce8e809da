package supportweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/support"
)

// editForm is a card's form. Texts stand together language by language, so
// that an editor sees what is missing.
type editForm struct {
	Kind, Group                                   form.Field
	Norwegian, Nynorsk, English                   ui.Fieldset
	Amount, AmountYear, Source, SourceYear, Check form.Field
	Words, Topics, STYRK08, Archived              form.Field
}

type editView struct {
	web.Page
	Head    ui.Head
	Form    editForm
	Version int64
	// Theirs is the newest version of the text when somebody else saved first.
	Theirs  []ui.Fact
	Actions ui.Actions
}

var textFields = []struct {
	name  string
	label i18n.Key
	long  bool
}{
	{"title", "support.field.title", false}, {"for_whom", "support.field.for_whom", true}, {"what", "support.field.what", true},
	{"effort", "support.field.effort", true}, {"owner", "support.field.owner", false}, {"amount_note", "support.field.amount_note", true},
}

func newForm(t i18n.Printer, c support.Card) editForm {
	values := texts(c)
	set := func(lang, legend i18n.Key) ui.Fieldset {
		fs := ui.Fieldset{Legend: t.T(legend)}
		for _, f := range textFields {
			name := f.name + "_" + string(lang)
			field := form.Field{Name: name, Kind: form.Text, Label: t.T(f.label), Value: values[name]}
			if f.long {
				field.Kind, field.Rows, field.MaxRunes = form.Long, 3, 2000
			}
			fs.Fields = append(fs.Fields, field)
		}
		return fs
	}
	archived := form.Field{Name: "archived", Kind: form.Checks, Label: t.T("support.field.archived"),
		Options: []form.Option{{Value: "ja", Label: t.T("support.field.archived.yes"), Selected: c.Archived}}}
	out := editForm{
		Kind:      form.Field{Name: "kind", Kind: form.Select, Label: t.T("support.field.kind"), Options: kindOptions(t, "", c.Kind)},
		Group:     form.Field{Name: "target_group", Kind: form.Select, Label: t.T("support.field.target_group"), Options: groupOptions(t, "", c.TargetGroup)},
		Norwegian: set("nb", "support.lang.nb"), Nynorsk: set("nn", "support.lang.nn"), English: set("en", "support.lang.en"),
		Amount:     form.Field{Name: "amount", Kind: form.Money, Label: t.T("support.field.amount"), Hint: t.T("support.hint.amount"), Value: amountText(c.Amount)},
		AmountYear: form.Field{Name: "amount_year", Kind: form.Number, Label: t.T("support.field.amount_year"), Value: yearText(c.AmountYear)},
		Source:     form.Field{Name: "source", Kind: form.Text, Label: t.T("support.field.source"), Value: c.Source, Required: true},
		SourceYear: form.Field{Name: "source_year", Kind: form.Number, Label: t.T("support.field.source_year"), Value: yearText(c.SourceYear)},
		Check:      form.Field{Name: "last_checked", Kind: form.Date, Label: t.T("support.field.last_checked"), Hint: t.T("support.hint.last_checked"), Value: c.LastChecked.String(), Required: true},
		Words:      form.Field{Name: "words", Kind: form.Long, Rows: 5, Label: t.T("support.field.words"), Hint: t.T("support.hint.words"), Value: strings.Join(c.Words, "\n")},
		Topics:     form.Field{Name: "topics", Kind: form.Text, Label: t.T("support.field.topics"), Hint: t.T("support.hint.codes"), Value: strings.Join(c.Topics, ", ")},
		STYRK08:    form.Field{Name: "styrk08", Kind: form.Text, Label: t.T("support.field.styrk08"), Hint: t.T("support.hint.codes"), Value: strings.Join(c.STYRK08, ", ")},
		Archived:   archived,
	}
	if c.ID != "" { // it stays what it is, and a measure leaves the toolbox by its own moves
		out.Kind.Options = slices.DeleteFunc(out.Kind.Options, func(o form.Option) bool {
			return (o.Value == string(support.Measure)) != (c.Kind == support.Measure)
		})
		if c.Kind == support.Measure {
			out.Archived = form.Field{}
		}
	}
	return out
}

// texts are the card's texts by their field names.
func texts(c support.Card) map[string]string {
	out := map[string]string{}
	for name, text := range map[string]i18n.Text{"title": c.Title, "for_whom": c.ForWhom, "what": c.What, "effort": c.Effort, "owner": c.Owner, "amount_note": c.AmountNote} {
		out[name+"_nb"], out[name+"_nn"], out[name+"_en"] = text.NB, text.NN, text.EN
	}
	return out
}

func amountText(n money.NOK) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(int64(n)/100, 10)
}

func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

// read fills the card with what was posted; the fault names what has the wrong
// shape.
func read(values url.Values, c support.Card) (support.Card, error) {
	in := form.Read(values)
	text := func(name string) i18n.Text {
		return i18n.Text{NB: in.Text(name + "_nb"), NN: in.Text(name + "_nn"), EN: in.Text(name + "_en")}
	}
	c.Kind, c.TargetGroup = support.Kind(in.Choice("kind", kinds()...)), support.TargetGroup(in.Choice("target_group", groups()...))
	c.Title, c.ForWhom, c.What, c.Effort, c.Owner, c.AmountNote = text("title"), text("for_whom"), text("what"), text("effort"), text("owner"), text("amount_note")
	c.Amount, c.AmountYear = in.Money("amount"), in.Int("amount_year")
	c.Source, c.SourceYear, c.LastChecked = in.Text("source"), in.Int("source_year"), in.Date("last_checked")
	c.Words, c.Topics, c.STYRK08 = lines(in.Text("words"), "\n"), lines(in.Text("topics"), ","), lines(in.Text("styrk08"), ",")
	c.Archived = in.Bool("archived")
	c.Version = int64(in.Int("version"))
	return c, in.Err()
}

func lines(s, sep string) []string {
	var out []string
	for part := range strings.SplitSeq(s, sep) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (p *pages) editPage(r *http.Request, actor access.Actor, c support.Card) editView {
	t := p.door.Printer(r)
	title, back := t.T("support.edit.title"), "/verktoykasse/"+string(c.ID)
	if c.ID == "" {
		title, back = t.T("support.new.title"), "/verktoykasse"
	}
	view := editView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("support.edit.lead")}, Form: newForm(t, c), Version: c.Version,
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("support.save"), Submit: true, Variant: ui.Primary},
			{Label: t.T("support.cancel"), Href: back, Variant: ui.Tertiary},
		}}}
	view.Crumbs = []ui.Link{{Label: t.T("support.title"), Href: "/verktoykasse"}}
	return view
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.door.Views.Render(w, http.StatusOK, "support/edit",
		p.editPage(r, actor, support.Card{Kind: support.Measure, TargetGroup: "generelt", LastChecked: p.Clock.Today()}))
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	c, err := read(r.PostForm, support.Card{})
	if err == nil {
		c.ID, err = p.Support.Create(r.Context(), actor, c)
	}
	if err != nil {
		return p.refused(w, r, actor, support.Card{}, err)
	}
	return web.SeeOther(w, r, "/verktoykasse/"+string(c.ID)+"?ok=support.created")
}

func (p *pages) edit(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	c, err := p.find(r, actor)
	if err == nil {
		err = p.Support.MayEdit(r.Context(), actor, c.ID)
	}
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "support/edit", p.editPage(r, actor, c))
}

func (p *pages) editPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	old, err := p.find(r, actor)
	if err == nil {
		err = p.Support.MayEdit(r.Context(), actor, old.ID)
	}
	if err != nil {
		return err
	}
	c, err := read(r.PostForm, old)
	if err == nil {
		err = p.Support.Edit(r.Context(), actor, c)
	}
	if err != nil {
		return p.refused(w, r, actor, old, err)
	}
	return web.SeeOther(w, r, "/verktoykasse/"+string(c.ID)+"?ok=support.saved")
}

// refused draws the form again with what was typed. After a stale save it also
// shows what the other editor saved, and the next save replaces that.
func (p *pages) refused(w http.ResponseWriter, r *http.Request, actor access.Actor, saved support.Card, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.editPage(r, actor, saved)
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
		view.Theirs = facts(view.Printer, saved)
	} else if v, convErr := strconv.ParseInt(r.PostForm.Get("version"), 10, 64); convErr == nil {
		view.Version = v
	}
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "support/edit", view)
}
