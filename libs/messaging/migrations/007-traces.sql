-- The trace that an event was told in (W3C Trace Context), which goes on in whoever hears it; null where nobody is told of traces.
alter table outbox add column traceparent text;
