using SegFunctions.Cli.Demo;

namespace SegFunctions.Cli.Commands;

/// <summary>What <c>upload --json</c> prints.</summary>
internal sealed record UploadResult(IReadOnlyList<UploadedFile> Uploads);

/// <param name="Status"><c>uploaded</c>, or with <c>--wait</c> what became of it.</param>
internal sealed record UploadedFile(string Id, string File, string Status, DemoRows? Rows, string? Error)
{
    public override string ToString() => (Rows, Error) switch
    {
        (_, { } error) => $"{File}: {Status}: {error}",
        ({ } rows, _) => $"{File}: {Status}, {rows.Read:N0} read = {rows.Accepted:N0} accepted + {rows.Refused:N0} refused + {rows.Duplicates:N0} duplicates",
        _ => $"{File}: {Status} as {Id}",
    };
}
