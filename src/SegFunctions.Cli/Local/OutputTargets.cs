namespace SegFunctions.Cli.Local;

/// <summary>The files that a command was told to write, each by its option; null for those that were not named.</summary>
internal sealed class OutputTargets(params (string Option, string? Path)[] targets)
{
    /// <summary>Nobody's input is written over, nor one result by the other.</summary>
    /// <param name="whatInputIs">Ends the sentence that begins with the file: <c>is the table itself</c>.</param>
    /// <exception cref="UsageException">Two of them are one file.</exception>
    public void RequireDifferent(string whatInputIs, params ReadOnlySpan<string?> inputs)
    {
        foreach (var (option, path) in targets)
        {
            if (path is not null && inputs.Contains(path))
                throw new UsageException($"{option} '{path}' {whatInputIs}, which would be lost. Name another file.");
        }

        foreach (var same in targets.Where(target => target.Path is not null).GroupBy(target => target.Path).Where(same => same.Count() > 1))
            throw new UsageException($"{string.Join(" and ", same.Select(target => target.Option))} name the same file '{same.Key}'. Name different ones.");
    }

    /// <summary>Finds out before the work begins whether the files can be written when it is done.</summary>
    /// <exception cref="CommandFailedException">One cannot; the message says why.</exception>
    public void RequireWritable()
    {
        foreach (var (option, path) in targets)
        {
            if (path is not null)
                OutputFile.Require(path, option);
        }
    }
}
