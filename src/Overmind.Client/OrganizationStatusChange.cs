namespace Overmind.Client;

sealed record OrganizationStatusChange(string Status);
