package evaluate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrAbsent tells that the folder with the data to measure on is not there.
var ErrAbsent = errors.New("the data to measure on is not there")

// A Need is a need with the answers that an annotator gave.
type Need struct {
	ID     string
	Cells  map[string]string // by column of the file
	Grades Grades
}

// readNeeds reads needs and their judgements from dir.
func readNeeds(dir string) ([]Need, error) {
	rows, err := readTable(filepath.Join(dir, "needs_dev.tsv"))
	if err != nil {
		return nil, err
	}
	judged, err := readTable(filepath.Join(dir, "judgements_dev.tsv"))
	if err != nil {
		return nil, err
	}
	grades := map[string]Grades{}
	for _, j := range judged {
		grade, err := strconv.Atoi(j["grade"])
		if err != nil {
			return nil, fmt.Errorf("judgement of %s: grade %q", j["need_id"], j["grade"])
		}
		if grades[j["need_id"]] == nil {
			grades[j["need_id"]] = Grades{}
		}
		grades[j["need_id"]][j["programme_id"]] = grade
	}
	return withGrades(rows, func(row map[string]string) (Grades, error) { return grades[row["id"]], nil })
}

// readOwn reads needs with a column of judgements: "P001:2 P002:1", or "-" for none.
func readOwn(r io.Reader) ([]Need, error) {
	rows, err := table(r)
	if err != nil {
		return nil, err
	}
	return withGrades(rows, func(row map[string]string) (Grades, error) {
		g := Grades{}
		for _, pair := range strings.Fields(row["judgements"]) {
			id, grade, ok := strings.Cut(pair, ":")
			if !ok && pair == "-" {
				continue
			}
			n, err := strconv.Atoi(grade)
			if !ok || err != nil {
				return nil, fmt.Errorf("need %s: judgement %q", row["id"], pair)
			}
			g[id] = n
		}
		return g, nil
	})
}

func withGrades(rows []map[string]string, of func(row map[string]string) (Grades, error)) ([]Need, error) {
	needs := make([]Need, 0, len(rows))
	for _, row := range rows {
		g, err := of(row)
		if err != nil {
			return nil, err
		}
		needs = append(needs, Need{ID: row["id"], Cells: row, Grades: g})
	}
	return needs, nil
}

func readTable(file string) (rows []map[string]string, err error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrAbsent, file)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return table(f)
}

// table reads lines of cells parted by tabs, the first of which are the names.
func table(r io.Reader) ([]map[string]string, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	var head []string
	var rows []map[string]string
	for lines.Scan() {
		cells := strings.Split(strings.TrimRight(lines.Text(), "\r"), "\t")
		if head == nil {
			head = cells
			continue
		}
		row := map[string]string{}
		for i, name := range head {
			if i < len(cells) {
				row[name] = cells[i]
			}
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}
