-- When the time or the size of a booking was changed last: whoever looks again and again sees by it that something did.
ALTER TABLE "sessions" ADD COLUMN "span_since" TIMESTAMPTZ(3);

CREATE FUNCTION date_span() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.span_since := coalesce(to_timestamp(acting('at')::float8), now());
  RETURN NEW;
END $$;
CREATE TRIGGER date_span BEFORE UPDATE OF starts_at, ends_at, cores, memory_gib, gpus ON sessions FOR EACH ROW
  WHEN (OLD.phase = NEW.phase AND (OLD.starts_at, OLD.ends_at, OLD.cores, OLD.memory_gib, OLD.gpus)
    IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.cores, NEW.memory_gib, NEW.gpus)) EXECUTE FUNCTION date_span();
