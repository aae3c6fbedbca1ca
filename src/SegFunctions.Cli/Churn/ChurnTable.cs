using SegFunctions.Cli.Clusters;
using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Cli.Churn;

/// <summary>A file as a table to learn from or to score: its columns beside label and ids.</summary>
/// <param name="Names">What each column of the file is called here.</param>
/// <param name="Id">The id of a row; null for the number of the row, from 1.</param>
internal sealed record ChurnTable(FileTable File, string FileName, IReadOnlyList<string> Names, Table Table, FileColumn? Label, Func<int, string?>? Id)
{
    public static async Task<ChurnTable> TrainAsync(ChurnRequest request, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(request.Train);
        var file = await ReadAsync(request.Train, new TableFileOptions { Texts = [request.Label, .. request.Id is null ? Array.Empty<string>() : [request.Id]] }, name, cancellationToken);
        var label = NamedColumn.Require(file, "--label", request.Label, name);
        var id = request.Id is null ? null : NamedColumn.Require(file, "--id", request.Id, name);
        if (label == id)
            throw new UsageException($"--label and --id both name the column '{label.Name}'. Name different ones.");
        return Of(file, name, ColumnNames.Of(file), label, id);
    }

    /// <summary>A table to score: read as the training table was, its label there or not.</summary>
    public async Task<ChurnTable> TestAsync(ChurnRequest request, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        // What was text in the training table is text here too, whatever it looks like.
        string[] texts = [request.Label, .. request.Id is null ? Array.Empty<string>() : [request.Id], .. File.Columns.Where(column => column.Kind == FileColumnKind.Text && column.Name.Length > 0).Select(column => column.Name)];
        var file = await ReadAsync(path, new TableFileOptions { Texts = texts, Like = File }, name, cancellationToken);
        var headless = File.Format.HasHeader == false;
        if (headless && file.Columns.Count != File.Columns.Count)
            throw new CommandFailedException($"{name} has {file.Columns.Count} columns, {FileName} has {File.Columns.Count}; without headers both need the same ones in the same order. Give {name} all columns (the label may be empty), or both files headers.");
        var label = headless ? NamedColumn.Require(file, "--label", request.Label, name) : file.Columns.FirstOrDefault(column => column.Name == Label!.Name);
        var id = request.Id is null ? null : NamedColumn.Require(file, "--id", request.Id, name);
        var names = ColumnNames.Of(file);
        RequireSameKinds(file, names, name);
        return Of(file, name, names, label, id);
    }

    /// <summary>The column of the file that has that name here; null when there is none.</summary>
    public FileColumn? ColumnNamed(string name)
    {
        for (var position = 0; position < Names.Count; position++)
        {
            if (Names[position] == name)
                return File.Columns[position];
        }

        return null;
    }

    /// <summary>Numbers stay numbers and dates dates: a few cells that are none are missing and told, but not most of them.</summary>
    private void RequireSameKinds(FileTable file, IReadOnlyList<string> names, string name)
    {
        for (var position = 0; position < file.Columns.Count; position++)
        {
            var column = file.Columns[position];
            var known = ColumnNamed(names[position]);
            if (known is null || known == Label || known.Kind == FileColumnKind.Text || known.Missing == File.Rows || column.Kind != FileColumnKind.Text)
                continue;
            var what = known.Kind == FileColumnKind.Date ? "date" : "number";
            var row = Array.FindIndex(column.Codes, code => code >= 0 && !known.Reads(column.Levels[code]));
            if (row >= 0)
                throw new CommandFailedException($"{name}, line {file.Lines[row]}: column \"{names[position]}\" holds '{column.Levels[column.Codes[row]].ReplaceLineEndings(" ")}', which is no {what}; in {FileName} the column holds {what}s. Correct it, or leave it empty.");
        }
    }

    private static async Task<FileTable> ReadAsync(string path, TableFileOptions options, string name, CancellationToken cancellationToken)
    {
        var file = await TableFile.ReadAsync(path, options, cancellationToken);
        return file.Rows > 0 ? file : throw new CommandFailedException($"{name} has columns but no rows below them. Export it again with its data.");
    }

    private static ChurnTable Of(FileTable file, string fileName, IReadOnlyList<string> names, FileColumn? label, FileColumn? id)
    {
        var columns = new List<Column>();
        for (var position = 0; position < file.Columns.Count; position++)
        {
            var column = file.Columns[position];
            if (column == label || column == id)
                continue;
            columns.Add(column.Kind switch
            {
                FileColumnKind.Text => new TextColumn(names[position], column.Codes, column.Levels),
                FileColumnKind.Date => new DateColumn(names[position], column.Numbers),
                _ => new NumericColumn(names[position], column.Numbers),
            });
        }

        if (columns.Count == 0)
            throw new CommandFailedException($"{fileName} has no column beside label and ids. Name a file with columns to predict by.");
        Clusterable.Require(file, names, id, PrepareMode.Auto, fileName);
        return new ChurnTable(file, fileName, names, new Table(columns), label, id is null ? null : row => id.Codes[row] < 0 ? null : id.Levels[id.Codes[row]]);
    }
}
