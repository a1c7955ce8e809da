package personal_test

import (
	"regexp"
	"strings"
	"testing"

	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/site/personal"
)

// looksPersonal is what a column that may hold something about a person is
// called: who did it or owns it, names and ways to reach somebody, free text, and
// what a person can be known by.
var looksPersonal = regexp.MustCompile(`^(account|actor|owner|who|person|user|username|name|short|alias|email|mail|address|phone|contact|.+_by|.+_name|.+_hash|` +
	`text|.+_text|fold|note|reason|answer|answers|body|content|payload|report|error|faults|data|value|sheets|comment|message|what|extension|cause|bucket|token|ip|salt)$`)

// tables reads the columns of each table, and those that refer to an account.
func tables(t *testing.T) (columns map[string][]string, accounts map[string]bool) {
	t.Helper()
	text, err := dbtest.Schema(t.Context(), dbtest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	columns, accounts = map[string][]string{}, map[string]bool{}
	refers := regexp.MustCompile(`^FOREIGN KEY \((\w+)\) REFERENCES account `)
	table := ""
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case word == "":
		case !strings.HasPrefix(line, " "):
			table = word
		case word == "FOREIGN":
			if m := refers.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
				accounts[table+"."+m[1]] = true
			}
		case word == strings.ToLower(word):
			columns[table] = append(columns[table], word)
		}
	}
	return columns, accounts
}

// TestEveryPersonalColumnIsInTheRegister: a new column that refers to an account,
// or is called as if it held something about a person, is written in the register
// with purpose, ground and retention, or declared not personal with the reason.
func TestEveryPersonalColumnIsInTheRegister(t *testing.T) {
	r, not := personal.Register(), personal.NotPersonal()
	columns, accounts := tables(t)
	found := map[string]bool{}
	for table, names := range columns {
		for _, column := range names {
			name := table + "." + column
			found[name] = true
			suspect := accounts[name] || looksPersonal.MatchString(column)
			switch declared := not[name]; {
			case declared != "" && r.Has(table, column):
				t.Errorf("%s is both in the register and declared not personal", name)
			case declared != "" && accounts[name]:
				t.Errorf("%s refers to an account and cannot be declared not personal", name)
			case declared == "" && suspect && !r.Has(table, column):
				t.Errorf("%s may hold something about a person: put it in personal.Register (purpose, ground, retention) or, with the reason, in NotPersonal", name)
			}
		}
	}
	for name := range not {
		if !found[name] {
			t.Errorf("%s is declared not personal and does not exist", name)
		}
	}
	for _, k := range r.Kinds {
		for _, x := range k.Tables {
			for _, list := range [][]string{x.By, x.Columns, x.Hidden} {
				for _, column := range list {
					if !found[x.Name+"."+column] {
						t.Errorf("%s: %s.%s does not exist", k.ID, x.Name, column)
					}
				}
			}
			if x.Thing != "" && !found[x.Name+"."+x.Thing] {
				t.Errorf("%s: %s.%s does not exist", k.ID, x.Name, x.Thing)
			}
		}
	}
}

// TestEveryKindCanBeRead asks for the rows of each table on each engine.
func TestEveryKindCanBeRead(t *testing.T) {
	d := dbtest.New(t)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		for _, k := range personal.Register().Kinds {
			if _, err := person.RowsOf(t.Context(), tx, k, "nobody"); err != nil {
				t.Errorf("%s: %v", k.ID, err)
			}
			if n, err := person.CountOf(t.Context(), tx, k, "nobody"); err != nil || n != 0 {
				t.Errorf("%s: %d, %v", k.ID, n, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
