package db

import (
	"container/list"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
)

// keptStatements is how many prepared statements a SQLite connection keeps. The
// house has some four hundred fixed ones; composed ones come and go.
const keptStatements = 512

// sqliteConnector opens SQLite connections that keep their prepared statements,
// as pgx does for PostgreSQL. To read and plan a statement of a list takes
// SQLite longer than to run it, and the driver by itself does it every time.
type sqliteConnector struct {
	driver driver.Driver
	url    string
}

func (c sqliteConnector) Driver() driver.Driver { return c.driver }

func (c sqliteConnector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.driver.Open(c.url)
	if err != nil {
		return nil, err
	}
	conn, ok := opened.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("sqlite: the driver's connection is a %T, which cannot be wrapped", opened), opened.Close())
	}
	return &keepingConn{sqliteConn: conn, kept: map[string]*list.Element{}, recent: list.New()}, nil
}

// sqliteConn is what the driver's connection offers to database/sql.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keepingConn runs each statement text through one prepared statement, until
// others have pushed it out. SQLite plans a kept statement anew by itself when
// the schema or the statistics have changed. Only one result of a text may be
// read at a time on a connection; Tx sees to that.
type keepingConn struct {
	sqliteConn
	kept   map[string]*list.Element // of keptStatement
	recent *list.List               // the latest used in front
}

type keptStatement struct {
	text string
	stmt preparedStatement
}

type preparedStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func (c *keepingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	stmt, err := c.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args)
}

func (c *keepingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	stmt, err := c.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args)
}

// Close ends the kept statements and the connection.
func (c *keepingConn) Close() error {
	var errs []error
	for e := c.recent.Front(); e != nil; e = e.Next() {
		errs = append(errs, e.Value.(keptStatement).stmt.Close())
	}
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

func (c *keepingConn) prepared(ctx context.Context, text string) (preparedStatement, error) {
	if e, ok := c.kept[text]; ok {
		c.recent.MoveToFront(e)
		return e.Value.(keptStatement).stmt, nil
	}
	made, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	stmt, ok := made.(preparedStatement)
	if !ok {
		return nil, errors.Join(fmt.Errorf("sqlite: the driver's statement is a %T, which cannot be kept", made), made.Close())
	}
	c.kept[text] = c.recent.PushFront(keptStatement{text, stmt})
	if c.recent.Len() > keptStatements {
		last := c.recent.Remove(c.recent.Back()).(keptStatement)
		delete(c.kept, last.text)
		if err := last.stmt.Close(); err != nil {
			return nil, err
		}
	}
	return stmt, nil
}
