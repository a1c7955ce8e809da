package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site/settings"
)

// helpTexts are what the flags' help and defaults are taken from: the table of
// settings, in English.
func helpTexts() (kong.Vars, error) {
	texts, err := i18n.Load(settings.Files)
	if err != nil {
		return nil, err
	}
	p, vars := texts.Printer(i18n.EN), kong.Vars{}
	for _, s := range settings.All() {
		word := strings.ReplaceAll(s.Name, "-", "_")
		vars[word+"_help"] = p.T(s.Does()) + " Can be: " + p.T(s.Takes()) + "."
		vars[word+"_default"] = s.Default
	}
	return vars, nil
}

// configFile is the optional file: a setting a line, name = value. It is weaker
// than flags and the environment.
type configFile struct{ values map[string]string }

// maxConfig is more than any such file has.
const maxConfig = 1 << 20

// readConfig reads lines "name = value". Empty lines and those that begin with #
// are passed over; a value may stand in double quotes.
func readConfig(r io.Reader) (configFile, error) {
	c := configFile{values: map[string]string{}}
	lines := bufio.NewScanner(io.LimitReader(r, maxConfig))
	for nr := 1; lines.Scan(); nr++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
			value = value[1 : len(value)-1]
		}
		// The line is not repeated: it may hold a password.
		if !found || name == "" {
			return configFile{}, fmt.Errorf("line %d: want name = value", nr)
		}
		if !slices.ContainsFunc(settings.All(), func(s settings.Setting) bool { return s.Name == name && name != "config" }) {
			return configFile{}, fmt.Errorf("line %d: there is no setting %q", nr, name)
		}
		if _, twice := c.values[name]; twice {
			return configFile{}, fmt.Errorf("line %d: %s is set twice", nr, name)
		}
		c.values[name] = value
	}
	return c, lines.Err()
}

// Validate implements kong.Resolver; readConfig has done it.
func (c configFile) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver. The environment is stronger than the file,
// and a flag that is no setting is not looked for in it.
func (c configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := c.values[flag.Name]
	if !ok || len(flag.Envs) == 0 || inEnvironment(flag) {
		return nil, nil
	}
	return value, nil
}

func inEnvironment(flag *kong.Flag) bool {
	return slices.ContainsFunc(flag.Envs, func(name string) bool { _, set := os.LookupEnv(name); return set })
}

// loadConfig gives the file to kong.
func loadConfig(r io.Reader) (kong.Resolver, error) { return readConfig(r) }

// values are the settings of the command that was parsed, and where each came
// from.
func values(parsed *kong.Context) []settings.Value {
	var out []settings.Value
	for _, s := range settings.All() {
		i := slices.IndexFunc(parsed.Flags(), func(f *kong.Flag) bool { return f.Name == s.Name })
		if i < 0 {
			continue
		}
		flag := parsed.Flags()[i]
		v := settings.Value{Setting: s, Now: fmt.Sprint(parsed.FlagValue(flag)), From: settings.Default}
		at := slices.IndexFunc(parsed.Path, func(p *kong.Path) bool { return p.Flag == flag })
		switch {
		case at >= 0 && parsed.Path[at].Resolved:
			v.From = settings.File
		case at >= 0:
			v.From = settings.Flag
		case inEnvironment(flag):
			v.From = settings.Environment
		}
		out = append(out, v)
	}
	return out
}

// explain makes a missing configuration file easy to understand.
func explain(err error) error {
	var missing *fs.PathError
	if errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("--config: no file at %s", missing.Path)
	}
	return err
}
