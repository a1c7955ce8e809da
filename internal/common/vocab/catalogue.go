package vocab

import (
	"cmp"
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// Trust in a catalogue title whose unit group was found, and in one where two were close.
const (
	trustCatalogue = 1.03
	trustDivided   = 0.9
)

// A job is a title of the seven-digit occupation catalogue, which has codes of STYRK-98.
type job struct {
	old   string // the first four digits of its code
	title string
}

// readCatalogue reads the seven-digit catalogue.
func (d *draft) readCatalogue(dir string) ([]job, error) {
	var jobs []job
	err := d.optional(dir, "yrkeskatalog_styrk98.tsv", func(row []string) error {
		if code := cell(row, 0); len(code) >= 4 {
			jobs = append(jobs, job{old: code[:4], title: strings.ToLower(cell(row, 1))})
		}
		return nil
	})
	return jobs, err
}

// renew adds catalogue titles to the unit groups of STYRK-08 that they most likely belong to.
// Three things speak: which groups an old group went to (starter list), where examples with
// the same title or the same old group went, and which names the title resembles.
func (d *draft) renew(jobs []job, like *space) {
	known := d.titles()
	went := map[string]map[string]float64{} // old group -> new group -> weight
	for old, codes := range d.successors {
		went[old] = map[string]float64{}
		for i, code := range codes {
			went[old][code] = 1.5 / float64(i+1)
		}
	}
	for _, j := range jobs {
		for _, code := range known[titleKey(j.title)] {
			if went[j.old] == nil {
				went[j.old] = map[string]float64{}
			}
			went[j.old][code] += 1 / float64(len(known[titleKey(j.title)]))
		}
	}
	for _, j := range jobs {
		if len(known[titleKey(j.title)]) > 0 {
			continue
		}
		d.place(j, went[j.old], like)
	}
}

// place adds one catalogue title to the best of the groups its old group went to.
func (d *draft) place(j job, went map[string]float64, like *space) {
	total := 0.0
	for _, w := range went {
		total += w
	}
	type candidate struct {
		code  string
		score float64
	}
	var list []candidate
	similar := like.resemblance(j.title)
	for code, w := range went {
		if i, ok := like.byCode[code]; ok {
			list = append(list, candidate{code, 0.6*w/(total+1) + float64(similar[i])})
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.code, b.code))
	})
	if len(list) > 1 && list[0].score-list[1].score < 0.03 {
		d.entry(Styrk08, list[0].code).add(title, trustDivided, j.title)
		d.entry(Styrk08, list[1].code).add(title, trustDivided*0.95, j.title)
		return
	}
	d.entry(Styrk08, list[0].code).add(title, trustCatalogue, j.title)
}

// titles returns the unit groups by title, as far as examples say them.
func (d *draft) titles() map[string][]string {
	known := map[string][]string{}
	for _, e := range d.examples {
		known[titleKey(e.title)] = e.codes
	}
	return known
}

// titleKey is equal for titles that differ only in letters' case, signs and word endings.
func titleKey(title string) string {
	return stems(norsk.Tokens(title))
}

// An example is a title somebody has given unit groups.
type example struct {
	title string
	codes []string
}

// readExamples reads titles with their codes from a file and adds them as names of their groups.
func (d *draft) readExamples(file string) error {
	return d.required(file, func(row []string) error {
		e := example{title: cell(row, 0), codes: codes(cell(row, 1))}
		if e.title == "" || len(e.codes) == 0 {
			return nil
		}
		d.examples = append(d.examples, e)
		for _, code := range e.codes {
			d.entry(Styrk08, code).add(title, 1.05, e.title)
		}
		return nil
	})
}
