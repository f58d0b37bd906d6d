-- What programs of a user call the API with. The secret itself is never here: 256 random bits need no slow hash, as nobody can
-- try them all, so SHA-256 finds the row by its key.
CREATE TABLE "access_tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    -- In their own words.
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    -- The last characters of the secret, to recognise it by.
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    -- Written once a minute at the most.
    "last_used_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_tokens_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "access_tokens_hash_key" ON "access_tokens"("hash");
CREATE INDEX "access_tokens_user_id_idx" ON "access_tokens"("user_id");
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Neither the hash nor the words of its owner: the audit can never forget them. That it was used is no event.
CREATE FUNCTION record_access_token() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  one access_tokens := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, after, why, correlation_id)
  VALUES (coalesce(to_timestamp(acting('at')::float8), now()), coalesce(acting('actor'), current_user), 'access token', one.id,
    CASE TG_OP WHEN 'INSERT' THEN 'MADE' WHEN 'UPDATE' THEN 'WITHDRAWN' ELSE 'DELETED' END,
    jsonb_build_object('userId', one.user_id, 'scopes', one.scopes, 'expiresAt', one.expires_at, 'withdrawnAt', one.withdrawn_at),
    acting('why'), acting('correlation')::uuid);
  RETURN NULL;
END $$;
CREATE TRIGGER record_new_or_gone_access_token AFTER INSERT OR DELETE ON access_tokens
  FOR EACH ROW EXECUTE FUNCTION record_access_token();
CREATE TRIGGER record_withdrawn_access_token AFTER UPDATE OF withdrawn_at ON access_tokens FOR EACH ROW
  WHEN (OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at) EXECUTE FUNCTION record_access_token();
