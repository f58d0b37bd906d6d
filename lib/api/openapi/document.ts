import type { JsonSchema } from "#lib/api/standard/json-schemas.ts";

/** An OpenAPI 3.1 document, as far as ours goes. */
export interface OpenApiDocument {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  security: SecurityRequirement[];
  externalDocs: { description: string; url: string };
  paths: Record<string, PathItem>;
  components: {
    schemas: Record<string, JsonSchema & { "x-extension"?: true }>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    responses: Record<string, Response>;
    securitySchemes: Record<string, SecurityScheme>;
  };
}

export type PathItem = Partial<Record<"get" | "post", OperationObject>>;
export type SecurityRequirement = Record<string, string[]>;
export interface Reference {
  $ref: string;
}
export interface SecurityScheme {
  type: "http";
  scheme: "bearer";
  description: string;
}
export interface OperationObject {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  "x-extension"?: true;
  security: SecurityRequirement[];
  parameters?: Reference[];
  requestBody?: { required: true; description: string; content: Content };
  responses: Record<string, Response | Reference>;
}
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  description: string;
  required?: boolean;
  style?: "simple" | "form";
  explode?: boolean;
  schema: JsonSchema & { default?: unknown; minLength?: number; maxLength?: number; minItems?: number };
  "x-extension"?: true;
}
export interface Header {
  description: string;
  required?: boolean;
  schema: JsonSchema;
}
export interface Response {
  description: string;
  headers?: Record<string, Header | Reference>;
  content?: Content;
}
export interface Example {
  summary: string;
  value: unknown;
}
export type Content = Record<
  string,
  {
    schema: JsonSchema & { contentMediaType?: string; contentSchema?: JsonSchema };
    examples?: Record<string, Example>;
  }
>;
