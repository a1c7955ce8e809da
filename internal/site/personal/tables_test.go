package personal_test

import (
	"encoding/json"
	"os"
	"testing"

	"kompetansetorg/internal/site/personal"
)

// TestTablesHaveNames: who reads what is held about him, or in a request, reads the name of
// each table that can have rows of his.
func TestTablesHaveNames(t *testing.T) {
	var texts map[string]any
	raw, err := os.ReadFile("../../common/person/personweb/text/nb.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	for _, k := range personal.Register().Kinds {
		for _, table := range k.Tables {
			if _, named := texts["person.table."+table.Name]; len(table.By) > 0 && !named {
				t.Errorf("person.table.%s is not written", table.Name)
			}
		}
	}
}
