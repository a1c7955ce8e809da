// Package settings is the one table of what an operator can set: it feeds the
// help of the flags, the page that shows them and docs/drift.md. A setting comes
// from a flag, else from the environment, else from the file, else it is the
// default.
package settings

import (
	"embed"
	"net/url"
	"strings"

	"kompetansetorg/internal/kit/i18n"
)

// Files are the page and the texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Setting is one thing that can be set for serve.
type Setting struct {
	// Name is the flag without its dashes, and the word in the file.
	Name string
	// Default is what holds unless it is set; "" where the text says what
	// follows from other settings.
	Default string
	// Kind says how a value is shown.
	Kind Kind
}

// Kind says how the value of a setting is shown.
type Kind int

// The kinds of settings.
const (
	Plain   Kind = iota
	Address      // of a database: without password and parameters
	Path         // of a file or folder: not shown in a demo, where anybody is administrator
	Secret       // never shown
)

// All lists the settings in the order they are explained.
func All() []Setting {
	return []Setting{
		{Name: "config", Kind: Path},
		{Name: "db", Default: "sqlite:kompetansetorg.db", Kind: Address},
		{Name: "addr", Default: "127.0.0.1:8080"},
		{Name: "url"},
		{Name: "trust-proxy", Default: "false"},
		{Name: "metrics-addr"},
		{Name: "log", Default: "text"},
		{Name: "log-level", Default: "info"},
		{Name: "open-rate", Default: "20"},
		{Name: "open-burst", Default: "100"},
		{Name: "files", Kind: Path},
		{Name: "clamd"},
		{Name: "data", Kind: Path},
		{Name: "papers", Kind: Path},
		{Name: "operator"},
		{Name: "contact"},
		{Name: "dpo-contact"},
		{Name: "enhetsregisteret"},
		{Name: "smtp"},
		{Name: "smtp-tls", Default: "starttls"},
		{Name: "smtp-user"},
		{Name: "smtp-password", Kind: Secret},
		{Name: "mail-from"},
		{Name: "demo", Default: "false"},
		{Name: "demo-public", Default: "false"},
	}
}

// Env is the name of the setting in the environment.
func (s Setting) Env() string {
	return "KOMPETANSETORG_" + strings.ToUpper(strings.ReplaceAll(s.Name, "-", "_"))
}

// Does is the key of what the setting does, Takes of what it can be set to.
func (s Setting) Does() i18n.Key  { return i18n.Key("settings.does." + s.word()) }
func (s Setting) Takes() i18n.Key { return i18n.Key("settings.takes." + s.word()) }

func (s Setting) word() string { return strings.ReplaceAll(s.Name, "-", "_") }

// Source is where a value came from.
type Source string

// The sources, the strongest first.
const (
	Flag        Source = "flag"
	Environment Source = "environment"
	File        Source = "file"
	Default     Source = "default"
)

// Value is what a setting is now.
type Value struct {
	Setting
	Now  string
	From Source
}

// Defaults is every setting at its default, for a house that was not started by
// the program.
func Defaults() []Value {
	var out []Value
	for _, s := range All() {
		out = append(out, Value{Setting: s, Now: s.Default, From: Default})
	}
	return out
}

// Shown is the value as it may stand on a page; hidden tells that it may not.
func (v Value) Shown(demo bool) (text string, hidden bool) {
	switch {
	case v.Now == "":
		return "", false
	case v.Kind == Secret, demo && (v.Kind == Path || v.Kind == Address):
		return "", true
	case v.Kind == Address:
		return withoutPassword(v.Now), false
	}
	return v.Now, false
}

// withoutPassword keeps the user, host and name of a database's address.
func withoutPassword(address string) string {
	if strings.HasPrefix(address, "sqlite:") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "postgres://…"
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if u.User != nil {
		shown.User = url.User(u.User.Username())
	}
	return shown.String()
}
