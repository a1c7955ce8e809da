package site

import (
	"context"
	"fmt"
	"sync"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/work/workweb"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/need/intake"
	visits "kompetansetorg/internal/room/outreach/intake"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/room/supply/storing"
	programmes "kompetansetorg/internal/room/supply/supplyweb/importweb"
	"kompetansetorg/internal/room/supply/telling"
)

// loadVocabulary reads the operator's vocabulary files and answers from them
// when they are read; until then the starter vocabulary answers.
func (s *Site) loadVocabulary(ctx context.Context) error {
	if s.cfg.Data == "" {
		return nil
	}
	start := time.Now()
	x, err := vocab.Load(vocab.Options{Data: s.cfg.Data})
	if err != nil {
		return err
	}
	s.Vocab.Put(x)
	s.log.InfoContext(ctx, "vocabulary loaded", "from", s.cfg.Data, "took", time.Since(start).Round(time.Millisecond))
	return s.Match.Refresh(ctx)
}

// workers is how many jobs a node does side by side: one that is slow, such as
// mail to a server that does not answer, must not stop the others.
const workers = 2

// Work does the house's own work until ctx ends: it loads the operator's
// vocabulary, renews the engine's statistics every hour, and does jobs. When it
// returns, nothing of it uses the database any more.
func (s *Site) Work(ctx context.Context) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := s.loadVocabulary(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "vocabulary; the starter goes on answering", "from", s.cfg.Data, "error", err)
		}
	})
	wg.Go(func() { s.maintain(ctx) })
	wg.Go(func() { s.Looks.Work(ctx) })
	wg.Go(func() { s.Jobs.Work(ctx, workers) })
	wg.Wait()
}

// maintain is each node's own: the statistics are those of its connections.
func (s *Site) maintain(ctx context.Context) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		if err := s.db.Maintain(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "statistics of the engine", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// The jobs that come again and again.
const (
	jobFigures  job.Kind = "demand.figures"
	jobUploads  job.Kind = "need.uploads"
	jobSpread   job.Kind = "follow.spread"
	jobSearch   job.Kind = "search.index"
	jobLetters  job.Kind = "follow.letters"
	jobDigest   job.Kind = "follow.digest"
	jobRegister job.Kind = "register.refresh"
	jobRetain   job.Kind = "person.retain"
	jobRounds   job.Kind = "round.daily"
	jobQueues   job.Kind = "admission.sweep"
)

// plan says who does which job, and when those are done that come again and
// again. They find out themselves what there is to do: the figures of demand are
// made once a day.
func (s *Site) plan() {
	hourly := job.Each(time.Hour)
	s.Jobs.Every(jobFigures, hourly, func(ctx context.Context, _ *job.Run) error { return s.figures(ctx) })
	s.Jobs.Every(jobUploads, hourly, func(ctx context.Context, _ *job.Run) error {
		_, err := s.Uploads.Sweep(ctx)
		return err
	})
	s.Jobs.When(jobSearch, s.Search.HasWork, s.Search.Work)
	s.Jobs.When(jobSpread, s.Follow.HasNews, func(ctx context.Context, _ *job.Run) error { return s.Follow.Spread(ctx) })
	s.Jobs.When(jobLetters, func(ctx context.Context, tx *db.Tx) (bool, error) { return s.Follow.HasLetters(ctx, tx, follow.Now) },
		func(ctx context.Context, _ *job.Run) error { return s.Follow.Letters(ctx, follow.Now) })
	s.Jobs.Handle(intake.Sheets().Job(), s.Storing.Work)
	s.Jobs.Handle(visits.Sheets().Job(), s.VisitStoring.Work)
	s.Jobs.Handle(storing.Job, s.Programmes.Work)
	s.Jobs.Handle(follow.JobSend, s.Follow.SendLetter)
	s.Jobs.Handle(attach.JobDrop, s.Attach.Drop)
	s.Jobs.Every(jobDigest, job.DailyAt(7), func(ctx context.Context, _ *job.Run) error {
		if err := s.tellDays(ctx); err != nil {
			return err
		}
		if err := s.Follow.Remind(ctx); err != nil {
			return err
		}
		return s.Follow.Letters(ctx, follow.Daily)
	})
	s.Jobs.Handle(session.JobInvite, s.Invitations.Send)
	s.Jobs.Handle(round.JobSend, s.Rounds.Send)
	s.Jobs.Every(jobRounds, job.DailyAt(8), s.Rounds.Morning)
	s.Jobs.Every(jobQueues, job.DailyAt(6), func(ctx context.Context, _ *job.Run) error { return s.Admission.Sweep(ctx) })
	s.Jobs.Every(jobRegister, job.DailyAt(nightHour), s.refreshOrganisations)
	s.Jobs.Every(jobRetain, job.DailyAt(3), s.retain)
}

// jobKinds are what readers are told about each kind of job.
func jobKinds() map[job.Kind]workweb.Kind {
	return map[job.Kind]workweb.Kind{
		jobFigures:  {Label: "work.kind.figures"},
		jobUploads:  {Label: "work.kind.uploads"},
		jobSpread:   {Label: "work.kind.spread"},
		jobSearch:   {Label: "work.kind.search"},
		jobLetters:  {Label: "work.kind.letters"},
		jobDigest:   {Label: "work.kind.digest"},
		jobRegister: {Label: "work.kind.register"},
		jobRetain:   {Label: "work.kind.retain"},

		jobRounds: {Label: "work.kind.rounds.daily"},
		jobQueues: {Label: "work.kind.queues"},

		intake.Sheets().Job(): {Label: "work.kind.needs", Report: uploadview.Report("/behov/import")},
		visits.Sheets().Job(): {Label: "work.kind.visits", Report: uploadview.Report("/besok/importer")},
		storing.Job:           {Label: "work.kind.programmes", Report: programmes.Report},

		round.JobSend:     {Label: "work.kind.rounds"},
		session.JobInvite: {Label: "work.kind.meeting"},
		follow.JobSend:    {Label: "work.kind.send"},
		attach.JobDrop:    {Label: "work.kind.files"},
	}
}

// tellDays tells of what comes with the day alone: a last day to apply that is
// near, a card that has gone out of date, a duty of a council. It is spread at once, so that it is in
// the letters of the morning.
func (s *Site) tellDays(ctx context.Context) error {
	if err := telling.Remind(ctx, s.db, s.cfg.Clock, s.Supply); err != nil {
		return err
	}
	if err := s.Support.TellStale(ctx); err != nil {
		return err
	}
	if err := s.Measures.Remind(ctx); err != nil {
		return err
	}
	if err := s.Duties.Sweep(ctx); err != nil {
		return err
	}
	return s.Follow.Spread(ctx)
}

// figures makes the open tables of demand of the day, and what all may know of seats.
func (s *Site) figures(ctx context.Context) error {
	if _, err := s.Demand.Daily(ctx, access.SystemActor("daily")); err != nil {
		return err
	}
	if err := s.Pledges.Daily(ctx); err != nil {
		return err
	}
	if err := s.promises().Daily(ctx); err != nil {
		return err
	}
	return s.funnel().Daily(ctx)
}

// The organisations are read anew in Enhetsregisteret at an hour of the night
// when neither people nor the register have much to do, refreshMost of them at
// most; those that were asked about longest ago come first.
const (
	nightHour   = 1
	refreshMost = 8_000
)

// refreshOrganisations reads those with a number anew, and forgets old answers. A
// register that does not answer is tried again later, as any job is.
func (s *Site) refreshOrganisations(ctx context.Context, run *job.Run) error {
	if !s.Register.IsOn() {
		return nil
	}
	if _, err := s.Register.Sweep(ctx); err != nil {
		return err
	}
	r, err := s.Register.Refresh(ctx, access.SystemActor("enhetsregisteret"), refreshMost,
		func(done, total int) { _ = run.Progress(ctx, done, total) })
	if r.Asked > 0 {
		run.Say(fmt.Sprintf("%d/%d/%d/%d", r.Asked, r.Closed, r.Renamed, r.Moved))
		s.log.InfoContext(ctx, "organisations read in Enhetsregisteret", "asked", r.Asked, "closed", r.Closed, "renamed", r.Renamed, "moved", r.Moved, "unknown", r.Unknown, "left", r.Left)
	}
	return err
}
