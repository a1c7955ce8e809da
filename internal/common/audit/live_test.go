package audit_test

import (
	"testing"
	"time"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
)

// Whatever is recorded is told to who watches it, and can be looked for afterwards.
func TestWhatIsRecordedIsToldAndFound(t *testing.T) {
	d := dbtest.New(t)
	w := d.Changes().Watch(db.Topic{Kind: "need", ID: "a"})
	defer w.Close()
	record(t, d, "a")
	select {
	case <-w.C:
	case <-time.After(10 * time.Second):
		t.Fatal("nobody was told")
	}
	record(t, d, "b")
	record(t, d, "a")
	poll := audit.Poll(d)
	list, newest, err := poll(t.Context(), 1)
	want := db.Change{Topic: db.Topic{Kind: "need", ID: "b"}, Nr: 3}
	if err != nil || newest != 3 || len(list) != 2 || list[0] != want {
		t.Errorf("after 1: %+v, newest %d, %v", list, newest, err)
	}
	if list, newest, err = poll(t.Context(), 3); err != nil || newest != 3 || len(list) != 0 {
		t.Errorf("after the newest: %+v, newest %d, %v", list, newest, err)
	}
	if list, newest, err = poll(t.Context(), -1); err != nil || newest != 3 || len(list) != 0 {
		t.Errorf("the newest only: %+v, newest %d, %v", list, newest, err)
	}
}
