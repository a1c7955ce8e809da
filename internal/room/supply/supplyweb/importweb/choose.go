package importweb

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/intake"
)

type chooseView struct {
	web.Page
	Head    ui.Head
	Fields  []form.Field
	Help    ui.Details
	Actions ui.Actions
}

func (p *pages) choose(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	return p.door.Views.Render(w, http.StatusOK, "supply/import/choose", p.choosePage(r, actor))
}

// memory is what a file may take in memory while it is received; the rest lies
// on disk and is removed afterwards.
const memory = 2 << 20

func (p *pages) choosePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	r.Body = http.MaxBytesReader(w, r.Body, intake.MaxFile+(1<<16))
	if err := r.ParseMultipartForm(memory); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return p.refuse(w, r, actor, fault.InvalidField("file", "sheet.error.too_large", "max_mb", intake.MaxFile>>20))
		}
		return p.refuse(w, r, actor, fault.InvalidField("file", "form.error.required"))
	}
	defer r.MultipartForm.RemoveAll()
	provider, content, name, err := p.received(r, actor)
	if err != nil {
		return p.refuse(w, r, actor, err)
	}
	kept, err := content.Encode()
	if err != nil {
		return err
	}
	upload, err := p.Supply.Keep(r.Context(), actor, provider, text.Truncate(text.CleanLine(name), 200), kept)
	if err != nil {
		return p.refuse(w, r, actor, err)
	}
	return web.SeeOther(w, r, checkPath(upload))
}

// received reads the file and the choices beside it.
func (p *pages) received(r *http.Request, actor access.Actor) (provider org.ID, content intake.Content, name string, err error) {
	in := form.Read(r.PostForm)
	mine := supply.WritesFor(actor)
	provider = org.ID(in.Choice("provider", text.Strings(mine)...))
	if provider == "" && len(mine) > 0 && !maySkipProvider(actor) {
		provider = mine[0]
		if len(mine) > 1 {
			in.Refuse("provider", "form.error.required")
		}
	}
	publish, source := in.Bool("publish"), in.Text("source")
	file, header, fileErr := r.FormFile("file")
	if fileErr != nil {
		in.Refuse("file", "form.error.required")
		return provider, content, "", in.Err()
	}
	defer file.Close()
	if err := in.Err(); err != nil {
		return provider, content, "", err
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return provider, content, "", err
	}
	content, err = intake.Read(header.Filename, bytes.NewReader(data), int64(len(data)))
	content.Publish = publish
	if source != "" {
		content.Source = source
	}
	return provider, content, header.Filename, err
}

// maySkipProvider reports whether the file itself may say who offers each.
func maySkipProvider(actor access.Actor) bool {
	return actor.Has(access.RoleCaseOfficer, access.RoleSysadmin)
}

func (p *pages) refuse(w http.ResponseWriter, r *http.Request, actor access.Actor, err error) error {
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
		return err
	}
	view := p.choosePage(r, actor)
	view.Refused(form.Refill(&view, r.PostForm, atFile(err), view.Printer))
	return p.door.Views.Render(w, gate.Status(err), "supply/import/choose", view)
}

// atFile puts a fault without a field at the field of the file.
func atFile(err error) error {
	if e, ok := fault.As(err); ok && len(e.Fields) == 0 {
		return fault.InvalidField("file", e.Key, e.Values...)
	}
	return err
}

func (p *pages) choosePage(r *http.Request, actor access.Actor) chooseView {
	t := p.door.Printer(r)
	title := t.T("supply.import.title")
	view := chooseView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("supply.import.lead")},
		Fields: []form.Field{
			{Name: "file", Kind: form.File, Label: t.T("supply.import.file"), Hint: t.T("supply.import.file_hint"), Required: true},
			{Name: "source", Kind: form.Text, Label: t.T("supply.import.source"), Hint: t.T("supply.import.source_hint"), Autocomplete: "off"},
			{Name: "publish", Kind: form.Checks, Label: t.T("supply.import.publish"), Options: []form.Option{{Value: "ja", Label: t.T("supply.import.publish_yes")}}},
		},
		Help:    ui.Details{Summary: t.T("supply.import.help"), Paragraphs: []string{t.T("supply.import.help1"), t.T("supply.import.help2"), t.T("supply.import.help3")}},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("supply.import.read"), Submit: true}, {Label: t.T("supply.cancel"), Href: home(actor), Variant: ui.Tertiary}}}}
	view.Crumbs = crumbs(t, actor)
	if mine := supply.WritesFor(actor); len(mine) > 1 || len(mine) == 1 && maySkipProvider(actor) {
		view.Fields = append(view.Fields, providerField(t, actor, mine))
	}
	return view
}

func providerField(t i18n.Printer, actor access.Actor, mine []org.ID) form.Field {
	f := form.Field{Name: "provider", Kind: form.Select, Label: t.T("supply.import.provider"), Options: []form.Option{{Label: t.T("supply.value.choose")}}}
	for _, a := range actor.Roles {
		if slices.Contains(mine, a.Org) && !slices.ContainsFunc(f.Options, func(o form.Option) bool { return o.Value == string(a.Org) }) {
			f.Options = append(f.Options, form.Option{Value: string(a.Org), Label: a.OrgName})
		}
	}
	return f
}

// home is where the reader's own offerings are.
func home(actor access.Actor) string {
	if actor.Has(access.RoleProviderUser) {
		return "/tilbud/mine"
	}
	return "/tilbud"
}

func crumbs(t i18n.Printer, actor access.Actor) []ui.Link {
	out := []ui.Link{{Label: t.T("supply.title"), Href: "/tilbud"}}
	if actor.Has(access.RoleProviderUser) {
		out = append(out, ui.Link{Label: t.T("supply.mine.title"), Href: "/tilbud/mine"})
	}
	return out
}
