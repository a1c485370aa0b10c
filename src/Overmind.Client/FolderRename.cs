namespace Overmind.Client;

sealed record FolderRename(string Folder, string Name);
