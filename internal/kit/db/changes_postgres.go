package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The channel that nodes tell each other on. A node hears what it told itself, too; by
// then it knows it.
const (
	channel = "kompetansetorg"

	notify SQL = `SELECT pg_notify($1, $2)`
)

const (
	pollEvery  = time.Second
	hearWithin = 2 * time.Second  // how long it may take to begin to listen
	silence    = 15 * time.Second // after this the connection is asked whether it lives
)

// ear is a connection that listens.
type ear interface {
	// Hear answers the next payload, or "" when there was none for a while and the
	// connection still lives.
	Hear(ctx context.Context) (string, error)
	Close(ctx context.Context) error
}

type postgresEar struct{ *pgx.Conn }

func (e postgresEar) Hear(ctx context.Context) (string, error) {
	waiting, cancel := context.WithTimeout(ctx, silence)
	defer cancel()
	n, err := e.WaitForNotification(waiting)
	if err == nil {
		return n.Payload, nil
	}
	if ctx.Err() == nil && pgconn.Timeout(err) && !e.IsClosed() {
		asking, cancel := context.WithTimeout(ctx, hearWithin)
		defer cancel()
		return "", e.Ping(asking)
	}
	return "", err
}

// listenOn makes the connections that listen, like those that read.
func (c *Changes) listenOn(cfg *pgx.ConnConfig) {
	cfg = cfg.Copy()
	cfg.RuntimeParams["application_name"] = "kompetansetorg listener"
	cfg.ConnectTimeout = min(cfg.ConnectTimeout, hearWithin)
	c.connect = func(ctx context.Context) (ear, error) {
		ctx, cancel := context.WithTimeout(ctx, hearWithin)
		defer cancel()
		conn, err := pgx.ConnectConfig(ctx, cfg)
		if err != nil {
			return nil, err
		}
		if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
			_ = conn.Close(ctx)
			return nil, err
		}
		return postgresEar{conn}, nil
	}
}

// listen hears of changes until end. Whatever breaks, what was changed meanwhile is
// looked for each second, and once more when the connection is back.
func (c *Changes) listen() {
	ctx, stop := context.WithCancel(context.Background())
	c.mu.Lock()
	c.stop = stop
	c.mu.Unlock()
	go func() {
		defer close(c.stopped)
		for broken := false; ctx.Err() == nil; {
			conn, err := c.connect(ctx)
			c.catchUp(ctx)
			if err == nil {
				if broken {
					c.logger.InfoContext(ctx, "changes are heard again")
				}
				broken = false
				c.setHears(true)
				err = c.hear(ctx, conn)
				c.setHears(false)
			}
			if ctx.Err() != nil {
				return
			}
			if !broken {
				c.logger.WarnContext(ctx, "changes are not heard; they are looked for each second", "error", err)
			}
			broken = true
			select {
			case <-ctx.Done():
			case <-time.After(pollEvery):
			}
		}
	}()
}

// hear tells of what is heard until the connection breaks.
func (c *Changes) hear(ctx context.Context, conn ear) error {
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), hearWithin)
		defer cancel()
		_ = conn.Close(closing) // broken already, or the program ends
	}()
	for {
		told, err := conn.Hear(ctx)
		if err != nil {
			return err
		}
		list := heard(told)
		for _, x := range list {
			c.after = max(c.after, x.Nr)
		}
		c.tell(list)
	}
}

// catchUp tells of what changed while nobody listened. Before the first time, and when
// nobody knows how to look, anything may have.
func (c *Changes) catchUp(ctx context.Context) {
	c.mu.Lock()
	since, first := c.since, c.after < 0
	c.mu.Unlock()
	if since == nil {
		c.tellAll()
		return
	}
	list, newest, err := since(ctx, c.after)
	if err != nil {
		return // the database is away; it is asked again in a second
	}
	c.after = newest
	if first {
		c.tellAll()
		return
	}
	c.tell(list)
}

func (c *Changes) setHears(hears bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hears = hears
}

// end stops listening.
func (c *Changes) end() {
	c.start.Do(func() {}) // nobody begins any more
	c.mu.Lock()
	stop := c.stop
	c.mu.Unlock()
	if stop != nil {
		stop()
		<-c.stopped
	}
}

// announce tells other nodes, as part of the transaction.
func (tx *Tx) announce(ctx context.Context) error {
	tx.changes = gathered(tx.changes)
	if tx.engine != Postgres || len(tx.changes) == 0 {
		return nil
	}
	_, err := tx.tx.ExecContext(ctx, string(notify), channel, payload(tx.changes))
	if err != nil {
		return mapped(ctx, err)
	}
	return nil
}
