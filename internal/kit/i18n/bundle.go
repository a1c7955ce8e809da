package i18n

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sort"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Key names a message. It is always written as a literal.
type Key string

// Bundle is all messages of the house in all languages. It is made once at
// start and is safe for concurrent use.
type Bundle struct {
	localizers map[Lang]*goi18n.Localizer
	messages   map[Lang]map[Key]message
	showKeys   bool
}

// message is an entry of a catalogue: one form, or one per plural category.
// plain is the text when it has no values and no plural, which most have: it
// is then handed out as it is.
type message struct {
	forms map[string]string
	plain string
}

// Load reads the catalogues text/nb.json, nn.json and en.json of each file
// system. A key that two catalogues define is an error: a message lives once.
func Load(catalogues ...fs.FS) (*Bundle, error) {
	b := &Bundle{localizers: map[Lang]*goi18n.Localizer{}, messages: map[Lang]map[Key]message{}}
	for _, l := range Langs() {
		bundle := goi18n.NewBundle(language.MustParse(string(l)))
		b.messages[l] = map[Key]message{}
		for _, fsys := range catalogues {
			if err := b.loadFile(bundle, l, fsys); err != nil {
				return nil, err
			}
		}
		b.localizers[l] = goi18n.NewLocalizer(bundle, string(l))
	}
	return b, nil
}

func (b *Bundle) loadFile(bundle *goi18n.Bundle, l Lang, fsys fs.FS) error {
	name := "text/" + string(l) + ".json"
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("read catalogue: %w", err)
	}
	var raw map[Key]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("catalogue %s: %w", name, err)
	}
	for key, value := range raw {
		if _, twice := b.messages[l][key]; twice {
			return fmt.Errorf("catalogue %s: key %s is defined twice", name, key)
		}
		m, err := parseMessage(value)
		if err != nil {
			return fmt.Errorf("catalogue %s: key %s: %w", name, key, err)
		}
		b.messages[l][key] = m
		if err := bundle.AddMessages(language.MustParse(string(l)), m.goMessage(key)); err != nil {
			return fmt.Errorf("catalogue %s: key %s: %w", name, key, err)
		}
	}
	return nil
}

func parseMessage(raw json.RawMessage) (message, error) {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		m := message{forms: map[string]string{"other": one}}
		if !strings.Contains(one, "{") {
			m.plain = one
		}
		return m, nil
	}
	var forms map[string]string
	if err := json.Unmarshal(raw, &forms); err != nil {
		return message{}, err
	}
	if _, ok := forms["other"]; !ok {
		return message{}, fmt.Errorf("plural without the form \"other\"")
	}
	return message{forms: forms}, nil
}

// goMessage has the form "other" for one thing too when there is no other: a value
// named n does not make a plural of a text.
func (m message) goMessage(key Key) *goi18n.Message {
	return &goi18n.Message{ID: string(key), One: cmp.Or(m.forms["one"], m.forms["other"]), Other: m.forms["other"]}
}

// ShowKeys makes every text its own key: a help for translators.
func (b *Bundle) ShowKeys(on bool) { b.showKeys = on }

// Printer writes texts in the language.
func (b *Bundle) Printer(l Lang) Printer {
	if _, ok := b.localizers[l]; !ok {
		l = Default
	}
	return Printer{bundle: b, lang: l}
}

// Has reports whether the key exists in nb.
func (b *Bundle) Has(key Key) bool { _, ok := b.messages[NB][key]; return ok }

// Keys lists the keys of nb in order.
func (b *Bundle) Keys() []Key { return slices.Sorted(maps.Keys(b.messages[NB])) }

// Check lists what is wrong with the catalogues: keys or values that one
// language has and nb has not, or the other way, and empty texts.
func (b *Bundle) Check() []string {
	var faults []string
	for _, l := range Langs() {
		for key, m := range b.messages[l] {
			source, ok := b.messages[NB][key]
			if !ok {
				faults = append(faults, fmt.Sprintf("%s: %s is not in nb", l, key))
				continue
			}
			if got, want := m.values(), source.values(); !slices.Equal(got, want) {
				faults = append(faults, fmt.Sprintf("%s: %s has the values %v, nb has %v", l, key, got, want))
			}
			if strings.TrimSpace(m.forms["other"]) == "" {
				faults = append(faults, fmt.Sprintf("%s: %s is empty", l, key))
			}
			if strings.Contains(m.forms["other"], "<") {
				faults = append(faults, fmt.Sprintf("%s: %s holds HTML", l, key))
			}
		}
		for key := range b.messages[NB] {
			if _, ok := b.messages[l][key]; !ok {
				faults = append(faults, fmt.Sprintf("%s: %s is missing", l, key))
			}
		}
	}
	sort.Strings(faults)
	return faults
}

// values lists the names in braces over all forms, each once, sorted.
func (m message) values() []string {
	seen := map[string]bool{}
	for _, form := range m.forms {
		for rest := form; ; {
			_, after, ok := strings.Cut(rest, "{")
			if !ok {
				break
			}
			name, tail, ok := strings.Cut(after, "}")
			if !ok {
				break
			}
			seen[name] = true
			rest = tail
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
