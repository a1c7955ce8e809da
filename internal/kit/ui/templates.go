package ui

import (
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"kompetansetorg/internal/kit/form"
)

//go:embed html/*.html
var pages embed.FS

// Templates parses the layout and the components. The set has no page: clone
// it and parse the page's file, which defines "main".
func Templates() (*template.Template, error) {
	t, err := template.New("ui").Funcs(Funcs()).ParseFS(pages, "html/*.html")
	if err != nil {
		return nil, fmt.Errorf("ui templates: %w", err)
	}
	return t, nil
}

// Funcs are the functions that the components use.
func Funcs() template.FuncMap {
	return template.FuncMap{
		"fieldType":   fieldType,
		"fieldMode":   fieldMode,
		"describedBy": describedBy,
		"optionID":    optionID,
		"attrs":       attrs,
		"suggestions": suggestions,
		"actions":     func(items []Action) Actions { return Actions{Items: items} },
		"facts":       func(items []Fact) Facts { return Facts{Items: items} },
		"notice":      func(n *Notice) Notice { return *n },
		"chips":       func(label string, items []Chip) Chips { return Chips{Label: label, Items: items} },
	}
}

// fieldType is the type attribute of an input. Numbers and amounts are text, so
// that what was typed wrongly is kept; a date is text once it is not a day.
func fieldType(f form.Field) string {
	switch f.Kind {
	case form.Email, form.Password, form.Hidden, form.File:
		return string(f.Kind)
	case form.Date:
		if _, err := time.Parse(time.DateOnly, f.Value); f.Value == "" || err == nil {
			return "date"
		}
	}
	return "text"
}

// suggestions draws the options of a datalist. It is not left to the template,
// which takes half a millisecond for the municipalities of Norway.
func suggestions(list []string) template.HTML {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(`<option value="`)
		b.WriteString(template.HTMLEscapeString(s))
		b.WriteString(`"></option>`)
	}
	return template.HTML(b.String())
}

// fieldMode is the keyboard that a phone shows.
func fieldMode(f form.Field) string {
	switch {
	case f.InputMode != "":
		return f.InputMode
	case f.Kind == form.Number:
		return "numeric"
	case f.Kind == form.Money:
		return "decimal"
	case f.Kind == form.Email:
		return "email"
	}
	return ""
}

// describedBy lists the ids of the hint and the message that are drawn with the
// field.
func describedBy(f form.Field) string {
	ids := ""
	add := func(suffix string, drawn bool) {
		if !drawn {
			return
		}
		if ids != "" {
			ids += " "
		}
		ids += f.DOMID() + suffix
	}
	add("-hint", f.Hint != "")
	add("-error", f.Error != "")
	return ids
}

// plainAttrs are the attributes that a field may add besides those of htmx,
// data-* and aria-*.
var plainAttrs = []string{"accept", "autocapitalize", "autofocus", "disabled", "form", "lang", "multiple", "placeholder", "readonly", "spellcheck", "step"}

// attrs writes the extra attributes of the control. html/template lets no name
// with a hyphen through, so the names are checked and the values escaped here;
// a name that is not known is left out. None of them holds script: htmx's
// hx-on is refused, and its evaluation is switched off in the layout.
func attrs(f form.Field) template.HTMLAttr {
	var b strings.Builder
	for _, a := range f.Attrs {
		if knownAttr(a.Name) {
			fmt.Fprintf(&b, ` %s="%s"`, a.Name, template.HTMLEscapeString(a.Value))
		}
	}
	return template.HTMLAttr(b.String())
}

func knownAttr(name string) bool {
	if strings.ContainsFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && r != '-' }) {
		return false
	}
	prefix, rest, _ := strings.Cut(name, "-")
	switch prefix {
	case "hx":
		return rest != "" && !strings.HasPrefix(rest, "on")
	case "data", "aria":
		return rest != ""
	}
	return slices.Contains(plainAttrs, name)
}

// optionID is the id of option i: the first is -1, where the error summary
// leads.
func optionID(f form.Field, i int) string { return fmt.Sprintf("%s-%d", f.DOMID(), i+1) }
