package councilweb

import (
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
)

type compareView struct {
	web.Page
	Head    ui.Head
	Form    struct{ From, To form.Field }
	Submit  ui.Actions
	Summary string
	Changes []changeView
}

// changeView is a paragraph in the two versions.
type changeView struct {
	ID, Heading string
	Tag         ui.Tag
	WasH, NowH  string
	Was, Now    []string
	Why         string
}

func changeLabel(k council.ChangeKind) i18n.Key { return i18n.Key("council.change." + string(k)) }

func changeColor(k council.ChangeKind) ui.Color {
	switch k {
	case council.Added:
		return ui.Success
	case council.Removed:
		return ui.Danger
	case council.Changed, council.Moved:
		return ui.Warning
	}
	return ui.Neutral
}

// compare shows two versions paragraph by paragraph; by default the one in force, or
// the newest, and the one before it.
func (p *pages) compare(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := councilview.Body(r)
	if err != nil {
		return err
	}
	all, b, _, err := p.Councils.Agreement(r.Context(), actor, id)
	if err != nil {
		return err
	}
	if len(all) < 2 {
		return fault.Missing()
	}
	t, in := p.door.Printer(r), form.Read(r.URL.Query())
	var numbers []string
	for _, v := range all {
		numbers = append(numbers, strconv.Itoa(v.Nr))
	}
	was, now := chosen(in, "fra", numbers, all, 1), chosen(in, "til", numbers, all, 0)
	view := compareView{Page: p.door.Frame(r, actor, t.T("council.compare.of", "name", b.Name)), Head: ui.Head{Kicker: b.Name, Title: t.T("council.compare"),
		Lead: t.T("council.compare.lead", "was", was.Title, "now", now.Title)},
		Submit: ui.Actions{Items: []ui.Action{{Label: t.T("council.compare.do"), Submit: true, Variant: ui.Primary}, {Label: t.T("council.agreement.current"), Href: path(b.ID, "/avtale"), Variant: ui.Tertiary}}}}
	view.Crumbs = councilview.Crumbs(t, b, ui.Link{Label: t.T("council.agreement"), Href: path(b.ID, "/avtale")})
	view.Form.From, view.Form.To = versionField(t, "fra", "council.compare.from", all, was), versionField(t, "til", "council.compare.to", all, now)
	base, ok := council.Before(all, now)
	view.Changes, view.Summary = changes(t, was, now, ok && base.ID == was.ID)
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Form, r.URL.Query(), err, t))
	}
	return p.door.Views.Render(w, status, "council/compare", view)
}

func chosen(in *form.Input, name string, numbers []string, all []council.Version, place int) council.Version {
	nr := in.Choice(name, numbers...)
	for i, n := range numbers {
		if n == nr {
			return all[i]
		}
	}
	return all[place]
}

func versionField(t i18n.Printer, name string, label i18n.Key, all []council.Version, chosen council.Version) form.Field {
	f := form.Field{Name: name, Kind: form.Select, Label: t.T(label), Value: strconv.Itoa(chosen.Nr)}
	for _, v := range all {
		f.Options = append(f.Options, form.Option{Value: strconv.Itoa(v.Nr), Label: t.T("council.version.title", "nr", v.Nr, "title", v.Title), Selected: v.ID == chosen.ID})
	}
	return f
}

// changes are the paragraphs in words, with how many differ.
func changes(t i18n.Printer, was, now council.Version, follows bool) (out []changeView, summary string) {
	differ := 0
	for i, c := range council.Compare(was, now, follows) {
		v := changeView{ID: "e" + strconv.Itoa(i+1), Tag: ui.Tag{Text: t.T(changeLabel(c.Kind)), Color: changeColor(c.Kind)}, Why: c.Why}
		if c.Kind != council.Same {
			differ++
		}
		if c.Kind == council.Moved {
			v.Tag.Text = t.T("council.change.moved.from", "nr", council.Sign(c.Was.Nr))
		}
		shown := c.Now
		if c.Kind == council.Removed {
			shown = c.Was
		}
		v.Heading = council.Sign(shown.Nr) + " " + shown.Heading
		if c.Was.Nr != 0 && c.Kind != council.Same && c.Kind != council.Moved {
			v.WasH, v.Was = t.T("council.compare.was", "nr", council.Sign(c.Was.Nr), "heading", c.Was.Heading), strings.Split(c.Was.Words, "\n")
		}
		if c.Now.Nr != 0 {
			v.NowH, v.Now = t.T("council.compare.now"), strings.Split(c.Now.Words, "\n")
		}
		out = append(out, v)
	}
	return out, t.T("council.compare.summary", "n", differ, "of", len(out))
}
