package vocab

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Trust in the official files, beside 1 for the starter: sister languages spell differently.
const (
	trustESCO    = 0.95
	trustDanish  = 0.8
	trustSwedish = 0.7
	trustEnglish = 0.7
)

// readOfficial reads the files of a folder laid out as data/vocab; each may be missing.
func (d *draft) readOfficial(dir string) error {
	if err := d.optional(dir, "styrk08.tsv", d.officialUnit); err != nil {
		return err
	}
	if err := d.optional(dir, "programomraader_2026.tsv", d.officialTrade); err != nil {
		return err
	}
	esco, err := d.readESCO(dir)
	if err != nil {
		return err
	}
	for _, l := range []struct {
		file  string
		field field
		trust float32
	}{
		{"esco_labels_no.tsv", title, trustESCO},
		{"esco_labels_da.tsv", foreign, trustDanish},
		{"esco_labels_sv.tsv", foreign, trustSwedish},
	} {
		err := d.optional(dir, l.file, func(row []string) error {
			for _, code := range esco[cell(row, 0)] {
				d.entry(Styrk08, code).add(l.field, l.trust, cell(row, 2))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) officialUnit(row []string) error {
	if cell(row, 1) != "4" {
		return nil
	}
	e := d.entry(Styrk08, cell(row, 0))
	if e.concept.NB == "" {
		e.name(cell(row, 2), "", "")
	} else {
		e.add(title, 1, cell(row, 2))
	}
	return nil
}

func (d *draft) officialTrade(row []string) error {
	e := d.entry(Trade, cell(row, 0))
	e.name(cell(row, 1), "", "")
	if e.concept.Program == "" {
		e.concept.Program = cell(row, 2)
	}
	return nil
}

// readESCO returns the unit groups of each ESCO occupation and ISCO group by URI: the official
// crosswalk where it speaks, else the ISCO group, whose codes STYRK-08 mostly shares.
func (d *draft) readESCO(dir string) (map[string][]string, error) {
	units, err := readCrosswalk(path.Join(dir, "styrk08_esco_crosswalk.json"))
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path.Join(dir, "esco_occupations_en.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return units, nil
	}
	if err != nil {
		return nil, err
	}
	occupations, err := readOccupations(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("esco_occupations_en.csv: %w", err)
	}
	byGroup := majority(occupations, units)
	for _, o := range occupations {
		if len(units[o.uri]) == 0 {
			if code := byGroup[o.group]; code != "" {
				units[o.uri] = []string{code}
			} else if d.find(Styrk08, o.group) != nil {
				units[o.uri] = []string{o.group}
			}
		}
		for _, code := range units[o.uri] {
			d.entry(Styrk08, code).add(foreign, trustEnglish, o.labels...)
		}
	}
	for group, code := range byGroup {
		if d.find(Styrk08, code) != nil {
			units["http://data.europa.eu/esco/isco/C"+group] = []string{code}
		}
	}
	d.sources = append(d.sources, Source{Name: "esco_occupations_en.csv", Rows: len(occupations)})
	return units, nil
}

// readCrosswalk reads the official crosswalk STYRK-08 to ESCO: unit groups by occupation URI.
func readCrosswalk(file string) (map[string][]string, error) {
	units := map[string][]string{}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return units, nil
	}
	if err != nil {
		return nil, err
	}
	var groups map[string]struct {
		Matches map[string]string `json:"matches"`
	}
	if err := json.Unmarshal(data, &groups); err != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(file), err)
	}
	for uri, g := range groups {
		code := strings.TrimPrefix(path.Base(uri), "C")
		if len(code) == 3 {
			code = "0" + code // the armed forces lost their leading zero
		}
		for occupation := range g.Matches {
			units[occupation] = append(units[occupation], code)
		}
	}
	for _, list := range units {
		slices.Sort(list)
	}
	return units, nil
}

type occupation struct {
	uri, group string
	labels     []string
}

func readOccupations(r io.Reader) ([]occupation, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	head, err := rows.Read()
	if err != nil {
		return nil, err
	}
	uri, group := slices.Index(head, "ORIGINURI"), slices.Index(head, "ISCOGROUPCODE")
	preferred, alternative := slices.Index(head, "PREFERREDLABEL"), slices.Index(head, "ALTLABELS")
	if uri < 0 || group < 0 || preferred < 0 || alternative < 0 {
		return nil, errors.New("a column is missing")
	}
	var all []occupation
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if len(row) > max(uri, group, preferred, alternative) {
			labels := append([]string{row[preferred]}, strings.Split(row[alternative], "\n")...)
			all = append(all, occupation{uri: row[uri], group: row[group], labels: labels})
		}
	}
}

// majority returns for each ISCO group the unit group most of its occupations go to.
func majority(occupations []occupation, units map[string][]string) map[string]string {
	votes := map[string]map[string]int{}
	for _, o := range occupations {
		if votes[o.group] == nil {
			votes[o.group] = map[string]int{}
		}
		for _, code := range units[o.uri] {
			votes[o.group][code]++
		}
	}
	best := map[string]string{}
	for group, codes := range votes {
		for code, n := range codes {
			have := best[group]
			if have == "" || n > codes[have] || n == codes[have] && code < have {
				best[group] = code
			}
		}
	}
	return best
}
