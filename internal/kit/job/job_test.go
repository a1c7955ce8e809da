package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/job"
)

// bench is a database with a clock that tests set.
type bench struct {
	*testing.T
	db  *db.DB
	mu  sync.Mutex
	now time.Time
}

func newBench(t *testing.T) *bench {
	return &bench{T: t, db: dbtest.New(t), now: clock.MustTime("2026-11-20T08:00:00.000000Z").Std()}
}

func (b *bench) clock() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return b.now }

func (b *bench) wait(d time.Duration) { b.mu.Lock(); defer b.mu.Unlock(); b.now = b.now.Add(d) }

func (b *bench) runner() *job.Runner {
	return job.NewRunner(b.db, b.clock, slog.New(slog.DiscardHandler))
}

func (b *bench) add(n job.New) job.ID {
	b.Helper()
	var made job.ID
	b.write(func(tx *db.Tx) (err error) { made, err = job.Add(b.Context(), tx, clock.At(b.clock()), n); return err })
	return made
}

func (b *bench) write(fn func(tx *db.Tx) error) {
	b.Helper()
	if err := b.db.Write(b.Context(), fn); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) get(id job.ID) job.Job {
	b.Helper()
	var j job.Job
	if err := b.db.Read(b.Context(), func(tx *db.Tx) (err error) { j, err = job.Get(b.Context(), tx, id); return err }); err != nil {
		b.Fatal(err)
	}
	return j
}

func (b *bench) drain(r *job.Runner) {
	b.Helper()
	if err := r.Drain(b.Context()); err != nil {
		b.Fatal(err)
	}
}

func TestAJobIsDoneOnceWithItsPayload(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	var got []string
	r.Handle("greet", func(_ context.Context, run *job.Run) error {
		var name string
		if err := run.Into(&name); err != nil {
			return err
		}
		got = append(got, name)
		run.Say("1")
		return nil
	})
	first := b.add(job.New{Kind: "greet", Payload: "Åse på Røros", By: "adviser"})
	unknown := b.add(job.New{Kind: "no handler"})
	b.drain(r)
	b.drain(r)
	if fmt.Sprint(got) != "[Åse på Røros]" {
		t.Errorf("done %q", got)
	}
	if j := b.get(first); j.State != job.Done || j.Report != "1" || j.AddedBy != "adviser" || j.Tries != 1 || j.EndedAt.IsZero() {
		t.Errorf("done job %+v", j)
	}
	if j := b.get(unknown); j.State != job.Waiting {
		t.Errorf("a job without a handler is %s", j.State)
	}
}

func TestAKeyIsThereOnceAndDoneAgainWhenItChangesUnderway(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	first := b.add(job.New{Kind: "spread", Key: "k", At: clock.At(b.clock().Add(time.Hour))})
	if again := b.add(job.New{Kind: "spread", Key: "k"}); again != first {
		t.Fatal("the key is there twice")
	}
	times := 0
	r.Handle("spread", func(context.Context, *job.Run) error {
		if times++; times == 1 {
			b.add(job.New{Kind: "spread", Key: "k"})
		}
		return nil
	})
	b.drain(r) // due now, as the second asked for
	if times != 2 {
		t.Errorf("done %d times; it was asked for while it ran", times)
	}
	if third := b.add(job.New{Kind: "spread", Key: "k"}); third == first {
		t.Error("a done job holds its key")
	}
}

func TestAFailingJobIsTriedLaterAndThenDead(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	tries := 0
	r.Handle("mail", func(context.Context, *job.Run) error {
		if tries++; tries == 2 {
			panic("boom")
		}
		return errors.New("the post office is closed")
	})
	made := b.add(job.New{Kind: "mail", Key: "m"})
	for want := 1; want <= job.MaxTries; want++ {
		b.drain(r)
		if tries != want {
			t.Fatalf("tried %d times, want %d", tries, want)
		}
		b.wait(job.Pause(want) - time.Second)
		b.drain(r)
		if tries != want {
			t.Fatalf("tried again before its pause of %s", job.Pause(want))
		}
		b.wait(time.Second)
	}
	b.drain(r)
	if j := b.get(made); j.State != job.Dead || j.Error != "the post office is closed" || tries != job.MaxTries {
		t.Fatalf("after %d tries: %+v", tries, j)
	}
	b.write(func(tx *db.Tx) error { return job.Retry(t.Context(), tx, clock.At(b.clock()), made) })
	r.Handle("mail", func(context.Context, *job.Run) error { return nil })
	b.drain(r)
	if j := b.get(made); j.State != job.Done || j.Error != "" {
		t.Errorf("retried: %+v", j)
	}
	err := b.db.Write(t.Context(), func(tx *db.Tx) error { return job.Retry(t.Context(), tx, clock.At(b.clock()), made) })
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a done job retried: %v", err)
	}
}

func TestALostLeaseGoesToAnotherRunner(t *testing.T) {
	b := newBench(t)
	dead, alive := b.runner(), b.runner()
	entered, leave := make(chan struct{}), make(chan struct{})
	dead.Handle("long", func(context.Context, *job.Run) error { close(entered); <-leave; return errors.New("woke up too late") })
	alive.Handle("long", func(context.Context, *job.Run) error { return nil })
	made := b.add(job.New{Kind: "long"})
	done := make(chan error)
	go func() { _, err := dead.Once(t.Context()); done <- err }()
	<-entered
	b.drain(alive)
	if j := b.get(made); j.State != job.Running {
		t.Fatalf("taken from a runner that has its lease: %s", j.State)
	}
	b.wait(job.Lease + time.Second)
	b.drain(alive)
	close(leave)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if j := b.get(made); j.State != job.Done || j.Tries != 2 || j.Error != "" {
		t.Errorf("the late runner wrote over the other's: %+v", j)
	}
}

func TestManyRunnersNeverTakeTheSameJob(t *testing.T) {
	b := newBench(t)
	var mu sync.Mutex
	taken := map[job.ID]int{}
	for range 60 {
		b.add(job.New{Kind: "count"})
	}
	var wg sync.WaitGroup
	for range 4 {
		r := b.runner()
		r.Handle("count", func(_ context.Context, run *job.Run) error {
			mu.Lock()
			defer mu.Unlock()
			taken[run.ID]++
			return nil
		})
		wg.Go(func() {
			if err := r.Drain(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(taken) != 60 {
		t.Errorf("%d of 60 jobs were done", len(taken))
	}
	for id, n := range taken {
		if n != 1 {
			t.Errorf("job %s was done %d times", id, n)
		}
	}
}

func TestCancelAndProgress(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	cancel := func(id job.ID) error {
		return b.db.Write(t.Context(), func(tx *db.Tx) error { return job.Cancel(t.Context(), tx, clock.At(b.clock()), id) })
	}
	var running job.ID
	r.Handle("import", func(ctx context.Context, run *job.Run) error {
		for i := range 1000 {
			if err := run.Progress(ctx, i, 1000); err != nil {
				return err
			}
			if i == 10 {
				if err := cancel(running); err != nil {
					return err
				}
				<-ctx.Done()
			}
		}
		return nil
	})
	running = b.add(job.New{Kind: "import"})
	b.drain(r)
	if j := b.get(running); j.State != job.Cancelled || j.Progress != 10 || j.Total != 1000 {
		t.Errorf("cancelled while it ran: %+v", j)
	}
	r.Handle("import", func(_ context.Context, run *job.Run) error {
		run.Say("half")
		return fmt.Errorf("the sheet is gone: %w", job.ErrCancelled)
	})
	itself := b.add(job.New{Kind: "import"})
	b.drain(r)
	if j := b.get(itself); j.State != job.Cancelled || j.Report != "half" || j.Tries != 1 {
		t.Errorf("stopped by its handler: %+v", j)
	}
	waiting := b.add(job.New{Kind: "import", At: clock.At(b.clock().Add(time.Hour))})
	if err := cancel(waiting); err != nil {
		t.Fatal(err)
	}
	if j := b.get(waiting); j.State != job.Cancelled {
		t.Errorf("cancelled while it waited: %s", j.State)
	}
	if err := cancel(waiting); !fault.Is(err, fault.Conflict) {
		t.Errorf("cancelled twice: %v", err)
	}
	if err := cancel("01900000-0000-7000-8000-000000000000"); !fault.Is(err, fault.NotFound) {
		t.Errorf("cancelled nothing: %v", err)
	}
}

func TestAStoppingProgramPutsTheJobBack(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	ctx, stop := context.WithCancel(t.Context())
	r.Handle("long", func(ctx context.Context, _ *job.Run) error { stop(); <-ctx.Done(); return ctx.Err() })
	made := b.add(job.New{Kind: "long"})
	r.Work(ctx, 1)
	if j := b.get(made); j.State != job.Waiting || j.Tries != 0 {
		t.Errorf("after a stop: %+v", j)
	}
}

func TestPlans(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	var at []string
	r.Every("digest", job.DailyAt(7), func(context.Context, *job.Run) error {
		at = append(at, clock.At(b.clock()).String()[5:16])
		return nil
	})
	for range 49 {
		b.drain(r)
		b.wait(time.Hour)
	}
	// At once, then at seven in Norway, which is six in UTC in winter.
	if fmt.Sprint(at) != "[11-20T08:00 11-21T06:00 11-22T06:00]" {
		t.Errorf("done at %v", at)
	}
	for _, c := range []struct{ after, want string }{
		{"2026-10-24T06:00:00.000000Z", "2026-10-25T06:00:00.000000Z"}, // the clock was set back that night
		{"2026-03-28T06:30:00.000000Z", "2026-03-29T05:00:00.000000Z"},
	} {
		if got := job.DailyAt(7)(clock.MustTime(c.after)); got.String() != c.want {
			t.Errorf("after %s: %s, want %s", c.after, got, c.want)
		}
	}
	if got := job.Each(5 * time.Minute)(clock.MustTime("2026-11-20T08:02:00.000000Z")); got.String() != "2026-11-20T08:05:00.000000Z" {
		t.Errorf("each five minutes: %s", got)
	}
}

func TestListCountAndSweep(t *testing.T) {
	b := newBench(t)
	r := b.runner()
	r.Handle("ok", func(context.Context, *job.Run) error { return nil })
	for range 3 {
		b.add(job.New{Kind: "ok", By: "me"})
	}
	b.drain(r)
	b.add(job.New{Kind: "ok", By: "you"})
	b.write(func(tx *db.Tx) error {
		counts, err := job.Count(t.Context(), tx)
		if err != nil {
			return err
		}
		if counts[job.Done] != 3 || counts[job.Waiting] != 1 {
			t.Errorf("counts %v", counts)
		}
		list, err := job.List(t.Context(), tx, job.Filter{State: job.Done, Kind: "ok", By: "me", Limit: 2})
		if err != nil {
			return err
		}
		if len(list.Items) != 2 || list.Next == "" {
			t.Errorf("page %d, next %q", len(list.Items), list.Next)
		}
		n, err := job.Sweep(t.Context(), tx, clock.At(b.clock().Add(job.Kept+time.Hour)))
		if n != 3 {
			t.Errorf("%d swept", n)
		}
		return err
	})
}

// TestForgetLeavesNoTraceOfWhoAdded: what has ended goes, what waits stays and is
// nobody's.
func TestForgetLeavesNoTraceOfWhoAdded(t *testing.T) {
	b := newBench(t)
	mine, others := b.add(job.New{Kind: "wait", By: "kari"}), b.add(job.New{Kind: "wait", By: "ola"})
	b.write(func(tx *db.Tx) error { return job.Forget(b.Context(), tx, "kari") })
	if j := b.get(mine); j.AddedBy == "kari" || j.State != job.Waiting {
		t.Errorf("%+v", j)
	}
	if j := b.get(others); j.AddedBy != "ola" {
		t.Errorf("%+v", j)
	}
}
