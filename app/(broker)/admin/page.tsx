import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readAdmin } from "#app/data.ts";
import { AdminDesk } from "#components/admin/admin-desk.tsx";
import { Known } from "#components/ui/known.tsx";
import { adminQuery } from "#lib/client/admin-query.ts";
import { requirePerson } from "../signed-in.ts";

export const metadata: Metadata = { title: "Load and limits" };

/** For administrators only; for others there is nothing here. */
export default async function AdminPage() {
  const admin = await readAdmin(await requirePerson("/admin"));
  if (admin === null) notFound();
  return (
    <Known query={adminQuery} data={admin}>
      <AdminDesk />
    </Known>
  );
}
