package project_test

import (
	"testing"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/project"
)

// FuzzReadDocument: whatever is sent in is a document, or is refused with what and where.
func FuzzReadDocument(f *testing.F) {
	f.Add([]byte(other))
	f.Add([]byte(`{"projects":[{"municipalities":["0301"],"money":[{"planned":1e99}]}]}`))
	f.Add([]byte("\n\n["))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := project.ReadDocument(data); err != nil && !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}
