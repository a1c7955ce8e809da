package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"kompetansetorg/internal/site/settings"
)

// parse reads a command line as run does and answers its settings.
func parse(t *testing.T, args ...string) (map[string]settings.Value, error) {
	t.Helper()
	help, err := helpTexts()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&cli{}, help, kong.Configuration(loadConfig), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return nil, explain(err)
	}
	out := map[string]settings.Value{}
	for _, v := range values(parsed) {
		out[v.Name] = v
	}
	return out, nil
}

func config(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kompetansetorg.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSettingsAreTheFlags sees that the table and the flags of serve are the
// same, with the same names in the environment and defaults.
func TestSettingsAreTheFlags(t *testing.T) {
	help, err := helpTexts()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&cli{}, help, kong.Configuration(loadConfig))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(parser.Model.Children, func(n *kong.Node) bool { return n.Name == "serve" })
	flags := map[string]*kong.Flag{}
	for _, f := range parser.Model.Children[i].Flags {
		flags[f.Name] = f
	}
	for _, s := range settings.All() {
		f := flags[s.Name]
		if f == nil {
			t.Errorf("serve has no --%s", s.Name)
			continue
		}
		if !slices.Equal(f.Envs, []string{s.Env()}) || (f.Default != s.Default && s.Default != "false") || !strings.Contains(f.Help, "Can be: ") {
			t.Errorf("--%s: environment %v, default %q, help %q", s.Name, f.Envs, f.Default, f.Help)
		}
		delete(flags, s.Name)
	}
	delete(flags, "help")
	for name := range flags {
		t.Errorf("--%s is not in the table of settings", name)
	}
}

// TestConfigPrecedence: a flag beats the environment, that the file, that the
// default; and each is told.
func TestConfigPrecedence(t *testing.T) {
	file := config(t, "\ufeff# Kommentar\n\naddr = 127.0.0.1:1\n operator = \"Eksempel kommune\" \nopen-rate=7\ntrust-proxy = true\nurl = https://a.example.no/?a=b\n")
	t.Setenv("KOMPETANSETORG_ADDR", "127.0.0.1:2")
	t.Setenv("KOMPETANSETORG_OPEN_RATE", "8")
	for how, set := range map[string]func() []string{
		"flag":        func() []string { return []string{"--config", file} },
		"environment": func() []string { t.Setenv("KOMPETANSETORG_CONFIG", file); return nil },
	} {
		got, err := parse(t, append([]string{"serve", "--open-rate", "9"}, set()...)...)
		if err != nil {
			t.Fatalf("file named by %s: %v", how, err)
		}
		for name, want := range map[string]settings.Value{
			"open-rate": {Now: "9", From: settings.Flag}, "addr": {Now: "127.0.0.1:2", From: settings.Environment},
			"operator": {Now: "Eksempel kommune", From: settings.File}, "trust-proxy": {Now: "true", From: settings.File},
			"url": {Now: "https://a.example.no/?a=b", From: settings.File}, "open-burst": {Now: "100", From: settings.Default},
			"config": {Now: file, From: settings.Source(how)},
		} {
			if v := got[name]; v.Now != want.Now || v.From != want.From {
				t.Errorf("file named by %s: %s is %q from %s, want %q from %s", how, name, v.Now, v.From, want.Now, want.From)
			}
		}
	}
	if got, err := parse(t, "backup", "x.kt", "--config", config(t, "db = sqlite:elsewhere.db\naddr=127.0.0.1:3\n")); err != nil || got["db"].Now != "sqlite:elsewhere.db" {
		t.Errorf("backup: %v, %q", err, got["db"].Now)
	}
}

// TestConfigFaults names the line, never what stands in it.
func TestConfigFaults(t *testing.T) {
	for text, want := range map[string]string{
		"addr 127.0.0.1:1":      "line 1: want name = value",
		"\naddress = x":         `line 2: there is no setting "address"`,
		"addr = a\naddr = b":    "line 2: addr is set twice",
		"config = other":        "no setting",
		"open-rate = mange":     "open-rate",
		"log = xml":             "log",
		"db = mysql://x:hush@y": "--db wants",
	} {
		_, err := parse(t, "serve", "--config", config(t, text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := parse(t, "serve", "--config", filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "no file at") {
		t.Errorf("a missing file: %v", err)
	}
}

// TestServeUsage refuses addresses that do not go together.
func TestServeUsage(t *testing.T) {
	for _, args := range [][]string{
		{"serve", "--addr", "127.0.0.1:18080", "--metrics-addr", "127.0.0.1:18080"},
		{"serve", "--metrics-addr", "18080"}, {"serve", "--log", "xml"}, {"serve", "--addr", "x"},
	} {
		if code, stdout, stderr := command(args...); code != 2 || stdout != "" || stderr == "" {
			t.Errorf("%q: exit %d, wrote %q, said %q", args, code, stdout, stderr)
		}
	}
}

// FuzzConfig reads any file. What is read is settings that exist.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("addr = x\n# y\nurl=\"z\""))
	f.Add([]byte("\xff\x00="))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readConfig(bytes.NewReader(data))
		for name := range c.values {
			if !slices.ContainsFunc(settings.All(), func(s settings.Setting) bool { return s.Name == name }) || err != nil {
				t.Errorf("%q gave %q, %v", data, name, err)
			}
		}
	})
}
