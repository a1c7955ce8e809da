package oeapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
)

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 10 << 20

// file is what a file may look like: a page of a list, or programmes and
// offerings under their own names. A bare list counts as items.
type file struct {
	Items              []json.RawMessage `json:"items"`
	Programmes         []json.RawMessage `json:"programmes"`
	ProgrammeOfferings []json.RawMessage `json:"programmeOfferings"`
	Offerings          []json.RawMessage `json:"offerings"`
}

// IsJSON reports whether a file is JSON by its first sign.
func IsJSON(head []byte) bool {
	t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	return len(t) > 0 && (t[0] == '{' || t[0] == '[')
}

// Read makes a batch of a file: a page or list of programmes or offerings, a
// single one, or an object with programmes and programmeOfferings. Rows are
// numbered from 1 in the order of the file. The error is a fault about the file
// as a whole; what is wrong with a single one becomes a refused line.
func Read(data []byte, source string, provider org.ID, publish bool) (batch.Batch, error) {
	if len(data) > MaxFile {
		return batch.Batch{}, fault.New(fault.TooLarge, "supply.error.json_size", "max", MaxFile>>20)
	}
	items, err := split(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	if err != nil {
		return batch.Batch{}, err
	}
	b := NewBuilder(source, provider, publish)
	for i, item := range items {
		if err := b.add(i+1, item); err != nil {
			b.Refuse(i+1, "", err)
		}
	}
	if b.IsEmpty() {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.json_empty")
	}
	return b.Batch(), nil
}

// split gives the programmes and offerings of a file, one by one.
func split(data []byte) ([]json.RawMessage, error) {
	if t := bytes.TrimLeft(data, " \t\r\n"); len(t) > 0 && t[0] == '[' {
		var items []json.RawMessage
		if err := strict(data, &items); err != nil {
			return nil, Unreadable(0, err)
		}
		return items, nil
	}
	var f file
	if err := strict(data, &f); err != nil {
		return nil, Unreadable(0, err)
	}
	items := slices.Concat(f.Programmes, f.Items, f.ProgrammeOfferings, f.Offerings)
	if len(items) == 0 {
		return []json.RawMessage{data}, nil
	}
	return items, nil
}

// strict reads one JSON value and nothing after it.
func strict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

// Unreadable says that the file, or the item with the number, is not what the
// standard says. The parser's words are for the log.
func Unreadable(row int, err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fault.Wrap(fault.Invalid, "supply.error.json_field", err, "row", row, "field", wrong.Field)
	}
	return fault.Wrap(fault.Invalid, "supply.error.json", err, "row", row)
}

func ours[T ~string](codes []code[T], list ...string) T {
	for _, s := range list {
		for _, c := range codes {
			if c.theirs == s {
				return c.ours
			}
		}
	}
	return ""
}

// levelOf finds our level: as we wrote it, else by theirs, else by the European
// level. Nothing said is as before, and so is a certificate of a trade, which the
// standard has at the level of an upper secondary school. A new one that says
// nothing is a course.
func (p Programme) levelOf(old offer.Level) offer.Level {
	if p.Ext.Own != nil && slices.Contains(offer.Levels(), offer.Level(p.Ext.Own.Level)) {
		return offer.Level(p.Ext.Own.Level)
	}
	said := p.saidLevel()
	if said == "" || said == offer.Vgs && old == offer.Fagbrev {
		return cmp.Or(old, offer.Kurs)
	}
	return said
}

// saidLevel is the level in the words of the standard, empty when it says none.
func (p Programme) saidLevel() offer.Level {
	if l := ours(levels(), p.Level); l != "" && p.Level != "undefined" {
		return l
	}
	if strings.HasPrefix(p.Level, "secondary_vocational_education") {
		return offer.Vgs
	}
	switch p.LevelOfQualification {
	case "eqf_3", "eqf_4":
		return offer.Vgs
	case "eqf_5":
		return offer.Fagskole
	case "eqf_6", "eqf_7", "eqf_8":
		return offer.Hoyere
	}
	return ""
}
