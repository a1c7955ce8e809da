package vocab

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

//go:embed starter
var starter embed.FS

// A field tells what a surface form is of its concept, and so how much it says.
type field uint8

const (
	title   field = iota // what the concept or a worker in it is called
	foreign              // the same in Danish, Swedish or English
	task                 // what is done, with which machine or certificate
	context              // where it is done, with whom
)

// A form is one way of naming or touching a concept.
type form struct {
	text   string // as the source spells it
	field  field
	weight float32 // trust in the source, 1 = the starter and the official names
}

// An entry is a concept with all its forms while the index is being built.
type entry struct {
	concept Concept
	forms   []form
}

// A draft gathers entries from the sources.
type draft struct {
	entries []*entry
	at      map[Scheme]map[string]int
	signals []signal
	sources []Source
	// successors lists the STYRK-08 groups that a STYRK-98 group went to, most titles first.
	successors map[string][]string
	examples   []example
}

// A Source is a file that the index was built from.
type Source struct {
	Name string
	Rows int
}

func newDraft() *draft {
	return &draft{at: map[Scheme]map[string]int{Styrk08: {}, Trade: {}, Topic: {}}, successors: map[string][]string{}}
}

// entry returns the entry of a code, made when it is new.
func (d *draft) entry(scheme Scheme, code string) *entry {
	if i, ok := d.at[scheme][code]; ok {
		return d.entries[i]
	}
	d.at[scheme][code] = len(d.entries)
	e := &entry{concept: Concept{Scheme: scheme, Code: code}}
	d.entries = append(d.entries, e)
	return e
}

// find returns the entry of a code, or nil.
func (d *draft) find(scheme Scheme, code string) *entry {
	if i, ok := d.at[scheme][code]; ok {
		return d.entries[i]
	}
	return nil
}

func (e *entry) add(f field, weight float32, texts ...string) {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			e.forms = append(e.forms, form{text: t, field: f, weight: weight})
		}
	}
}

func (e *entry) name(nb, nn, en string) {
	if e.concept.NB == "" {
		e.concept.NB = strings.TrimSpace(nb)
	}
	if e.concept.NN == "" {
		e.concept.NN = strings.TrimSpace(nn)
	}
	if e.concept.EN == "" {
		e.concept.EN = strings.TrimSpace(en)
	}
	e.add(title, 1, nb, nn)
	e.add(foreign, 1, en)
}

// readStarter reads the vocabulary that is part of the program.
func (d *draft) readStarter() error {
	files, err := fs.Glob(starter, "starter/*.tsv")
	if err != nil {
		return err
	}
	for _, file := range files {
		var read func(row []string) error
		switch name := path.Base(file); {
		case strings.HasPrefix(name, "styrk08_"):
			read = d.starterOccupation
		case strings.HasPrefix(name, "trades"):
			read = d.starterTrade
		case strings.HasPrefix(name, "topics"):
			read = d.starterTopic
		case name == "styrk98.tsv":
			read = d.starterSuccessors
		case strings.HasPrefix(name, "signals"):
			read = d.starterSignal
		default:
			continue
		}
		f, err := starter.Open(file)
		if err != nil {
			return err
		}
		if err := d.rows(f, file, read); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) starterOccupation(row []string) error {
	e := d.entry(Styrk08, cell(row, 0))
	e.name(cell(row, 1), cell(row, 2), cell(row, 3))
	e.add(title, 1, cells(row, 4)...)
	e.add(task, 1, cells(row, 5)...)
	e.add(context, 1, cells(row, 6)...)
	return nil
}

func (d *draft) starterTrade(row []string) error {
	e := d.entry(Trade, cell(row, 0))
	e.name(cell(row, 1), cell(row, 2), cell(row, 3))
	e.concept.Program = cell(row, 4)
	e.concept.Styrk08 = codes(cell(row, 5))
	e.add(title, 0.8, cells(row, 6)...)
	return nil
}

func (d *draft) starterTopic(row []string) error {
	e := d.entry(Topic, cell(row, 0))
	e.name(cell(row, 1), cell(row, 2), cell(row, 3))
	e.concept.Styrk08 = codes(cell(row, 4))
	e.add(title, 0.8, cells(row, 5)...)
	return nil
}

func (d *draft) starterSuccessors(row []string) error {
	d.successors[cell(row, 0)] = codes(cell(row, 1))
	return nil
}

// rows calls read for each data row of a tab-separated file with a header line.
func (d *draft) rows(r io.ReadCloser, name string, read func(row []string) error) (err error) {
	defer func() { err = errors.Join(err, r.Close()) }()
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimRight(lines.Text(), "\r")
		if n == 1 || line == "" {
			continue
		}
		if err := read(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s line %d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s line %d: %w", name, n+1, err)
	}
	if n > 0 {
		d.sources = append(d.sources, Source{Name: name, Rows: n - 1})
	}
	return nil
}

// optional reads a file of the data folder; a missing one is no error.
func (d *draft) optional(dir, name string, read func(row []string) error) error {
	err := d.required(filepath.Join(dir, name), read)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (d *draft) required(file string, read func(row []string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	return d.rows(f, filepath.Base(file), read)
}

func cell(row []string, i int) string {
	if i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

func cells(row []string, i int) []string {
	if c := cell(row, i); c != "" {
		return strings.Split(c, "|")
	}
	return nil
}

// codes splits a list of codes at commas, bars or blanks.
func codes(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '|' || r == ' ' || r == ';' })
}
