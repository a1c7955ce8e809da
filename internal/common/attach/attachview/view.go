// Package attachview draws what hangs on a thing, for the thing's own page. A
// room asks for the section and puts it in its view; all that is posted from it
// goes to attachweb, whose page shows what was refused:
//
//	view.Files, err = attachview.Section(ctx, p.Attach, t, actor, object.Ref{…}) // template "ui.files"
//
// The texts are in text/; the faults of package attach are among them.
package attachview

import (
	"context"
	"embed"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// SectionID is the id of the section on a page.
const SectionID = "vedlegg"

// Section is what hangs on the thing, as the actor may see it; NotFound for a
// thing that he may not see. It draws nothing where there is nothing to see and
// nothing to add.
func Section(ctx context.Context, s *attach.Service, t i18n.Printer, actor access.Actor, thing object.Ref) (ui.FileList, error) {
	list, err := s.List(ctx, actor, thing)
	if err != nil {
		return ui.FileList{}, err
	}
	return Draw(t, list), nil
}

// Draw is the section for a list.
func Draw(t i18n.Printer, l attach.List) ui.FileList {
	table := Table(t, l)
	if len(table.Rows) == 0 && !l.MayChange {
		return ui.FileList{}
	}
	out := ui.FileList{ID: SectionID, Title: t.T("attach.title"), Table: table, None: t.T("attach.none")}
	switch {
	case !l.On:
		out.Notice = &ui.Notice{Text: t.T("attach.off")}
	case l.MayChange:
		out.Upload = &ui.Upload{Action: To(l.Thing.Ref), Fields: []form.Field{FileField(t, "attach.add")},
			Button: ui.Action{Label: t.T("attach.add.do"), Submit: true, Variant: ui.Secondary}}
	}
	return out
}

// To is the address of the page with what hangs on the thing, where files are
// sent too.
func To(thing object.Ref) string {
	return "/vedlegg/til/" + url.PathEscape(thing.Kind) + "/" + url.PathEscape(thing.ID)
}

// Href is the address of a version's file.
func Href(v attach.Version) string { return v.Path() + "/" + url.PathEscape(v.Name) }

// FileField is the field that a file is chosen in, with what may be chosen and
// the word about access to records.
func FileField(t i18n.Printer, label i18n.Key) form.Field {
	var names, accept []string
	for _, f := range attach.Formats() {
		names, accept = append(names, f.Extension), append(accept, "."+f.Extension)
	}
	return form.Field{Name: attach.Field, ID: "attachment", Kind: form.File, Label: t.T(label), Required: true,
		Hint:  t.T("attach.add.hint", "formats", strings.Join(names, ", "), "max_mb", attach.MaxSize>>20),
		Attrs: []form.Attr{{Name: "accept", Value: strings.Join(accept, ",")}}}
}

// Table lists the versions: of each document the newest first, then those that
// were taken away.
func Table(t i18n.Printer, l attach.List) ui.Table {
	table := ui.Table{Caption: t.T("attach.title"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("attach.col.name")},
		{Label: t.T("attach.col.version"), Number: true}, {Label: t.T("attach.col.size"), Number: true}, {Label: t.T("attach.col.at")}}}
	if l.MayChange {
		table.Columns = append(table.Columns, ui.Column{Label: t.T("attach.col.do"), Hidden: true})
	}
	for _, d := range l.Documents {
		for i, v := range d.Versions {
			row := cells(t, v)
			if row[0].Href = Href(v); !l.On {
				row[0].Href = ""
			}
			if i > 0 {
				row[0].Tags = []ui.Tag{{Text: t.T("attach.older")}}
			}
			if l.MayChange {
				row = append(row, ui.Cell{Actions: actions(t, v, l.On && i == 0)})
			}
			table.Rows = append(table.Rows, ui.Row{Cells: row})
		}
	}
	for _, v := range l.Removed {
		row := cells(t, v)
		row[0].Tags = []ui.Tag{{Text: t.T("attach.removed"), Color: ui.Warning}}
		row[0].Sub = t.T("attach.removed.why", "day", t.Moment(v.RemovedAt), "reason", v.Reason)
		table.Rows = append(table.Rows, ui.Row{Cells: append(row, ui.Cell{})})
	}
	return table
}

func cells(t i18n.Printer, v attach.Version) []ui.Cell {
	return []ui.Cell{{Text: v.Name}, {Text: t.Number(v.Nr)}, {Text: Size(t, v.Size)}, {Text: t.Moment(v.At)}}
}

func actions(t i18n.Printer, v attach.Version, newer bool) []ui.Action {
	var out []ui.Action
	if newer {
		out = append(out, ui.Action{Label: t.T("attach.version.add"), Href: v.Path() + "/ny-versjon", Context: v.Name, Variant: ui.Tertiary})
	}
	return append(out, ui.Action{Label: t.T("attach.remove"), Href: v.Path() + "/ta-bort", Context: v.Name, Variant: ui.Tertiary})
}

// Size is a number of bytes as people say it.
func Size(t i18n.Printer, bytes int64) string {
	const k, m = 1_000, 1_000_000
	switch {
	case bytes < k:
		return t.T("attach.size.bytes", "n", int(bytes))
	case bytes < m:
		return t.T("attach.size.kb", "size", t.Number(int((bytes+k/2)/k)))
	}
	return t.T("attach.size.mb", "size", t.Decimal(float64(bytes)/m, 1))
}

// policy lets a file do nothing in the browser: it has no origin, runs nothing,
// fetches nothing and is framed by nobody.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

// How long a reader's browser may have a file: only to be asked for anew each time,
// or not at all.
const (
	Ask  = "private, no-cache"
	Once = "private, no-store"
)

// Serve gives out the file, whole or in part, to a reader who may see it.
func Serve(w http.ResponseWriter, r *http.Request, v attach.Version, content io.ReadSeeker, cache string) {
	kind := "attachment"
	if v.IsShown() {
		kind = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", v.Media)
	h.Set("Content-Disposition", mime.FormatMediaType(kind, map[string]string{"filename": v.Name}))
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", cache)
	h.Set("ETag", `"`+v.SHA256+`"`)
	// Parts of a file are parts of it as it is; packed it would be another one.
	h.Set("No-Gzip-Compression", "1")
	http.ServeContent(w, r, "", time.Time{}, content)
}
