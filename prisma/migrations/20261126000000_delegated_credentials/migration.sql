-- A platform may be one of several of its kind: where it is, and whose sign-in its users act with there.
ALTER TABLE "platforms"
  ADD COLUMN "settings" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "provider" TEXT,
  -- What the worker last heard from it, for those who do not ask it themselves.
  ADD COLUMN "readiness" JSONB,
  ADD COLUMN "choices" JSONB,
  ADD COLUMN "choices_at" TIMESTAMPTZ(3),
  ADD COLUMN "choices_trouble" TEXT;

-- Who somebody is for a provider of sign-ins.
CREATE TABLE "identities" (
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    -- The name they have there.
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("provider", "subject")
);
CREATE UNIQUE INDEX "identities_user_id_provider_key" ON "identities"("user_id", "provider");
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A credential belongs to a sign-in, which may be good on several platforms: a refresh token that rotates must stand in one row
-- only. No row was ever written before.
DROP INDEX "credentials_user_id_platform_id_idx";
DROP INDEX "credentials_platform_id_idx";
ALTER TABLE "credentials" DROP CONSTRAINT "credentials_platform_id_fkey";
DELETE FROM "credentials";
ALTER TABLE "credentials"
  DROP COLUMN "platform_id",
  DROP COLUMN "revoked_at",
  ADD COLUMN "provider" TEXT NOT NULL,
  -- Counts what is sealed in it: whoever writes says what they had read.
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
  -- When what is sealed must be refreshed; `expires_at` is when nothing helps but a new sign-in.
  ADD COLUMN "fresh_until" TIMESTAMPTZ(3),
  ADD COLUMN "lease_holder" UUID,
  ADD COLUMN "lease_until" TIMESTAMPTZ(3),
  -- When the provider last showed that it is good; when it is asked again after trouble.
  ADD COLUMN "proven_at" TIMESTAMPTZ(3) NOT NULL,
  ADD COLUMN "asks_again_at" TIMESTAMPTZ(3),
  ADD COLUMN "dead_since" TIMESTAMPTZ(3),
  ADD COLUMN "dead_why" TEXT,
  -- The user took it back: it may still end what runs, and begin nothing.
  ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "credentials_user_id_provider_key" ON "credentials"("user_id", "provider");

-- What is sealed never leaves it, and what happens every few minutes (a refresh, its lease) is no event.
DROP TRIGGER record_credential ON credentials;
CREATE OR REPLACE FUNCTION record_credential() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN jsonb_build_object('userId', OLD.user_id, 'provider', OLD.provider, 'kind', OLD.kind,
    'keyId', OLD.key_id, 'expiresAt', OLD.expires_at, 'deadSince', OLD.dead_since, 'withdrawnAt', OLD.withdrawn_at) END;
  becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN jsonb_build_object('userId', NEW.user_id, 'provider', NEW.provider, 'kind', NEW.kind,
    'keyId', NEW.key_id, 'expiresAt', NEW.expires_at, 'deadSince', NEW.dead_since, 'withdrawnAt', NEW.withdrawn_at) END;
BEGIN
  INSERT INTO audit_events (at, actor, subject_kind, subject_id, event, before, after, why, correlation_id)
  VALUES (coalesce(to_timestamp(acting('at')::float8), now()), coalesce(acting('actor'), current_user), 'credential',
    coalesce(NEW.id, OLD.id), 'CREDENTIAL', was, becomes, coalesce(acting('why'), NEW.dead_why), acting('correlation')::uuid);
  RETURN NULL;
END $$;
CREATE TRIGGER record_new_or_gone_credential AFTER INSERT OR DELETE ON credentials
  FOR EACH ROW EXECUTE FUNCTION record_credential();
CREATE TRIGGER record_credential AFTER UPDATE ON credentials FOR EACH ROW
  WHEN ((OLD.id, OLD.kind, OLD.key_id, OLD.expires_at, OLD.dead_since, OLD.withdrawn_at)
    IS DISTINCT FROM (NEW.id, NEW.kind, NEW.key_id, NEW.expires_at, NEW.dead_since, NEW.withdrawn_at))
  EXECUTE FUNCTION record_credential();

ALTER TABLE "sessions"
  -- How long before its start it is launched, once that is known; null: as long as its platform says.
  ADD COLUMN "lead_seconds" INTEGER,
  -- Why it is still on its platform although it is over, and when that is asked to end it again.
  ADD COLUMN "release_trouble" TEXT,
  ADD COLUMN "release_again_at" TIMESTAMPTZ(3);

-- Whether the platform was asked for nothing in it: then nothing of it is there.
ALTER TABLE "launch_attempts" ADD COLUMN "untouched" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "launch_attempts_available_idx" ON "launch_attempts" ("finished_at") WHERE "outcome" = 'AVAILABLE';

-- What its platform says while one waits.
ALTER TABLE "connectors" ADD COLUMN "note" TEXT;
