using System.Text;
using BenchmarkDotNet.Attributes;
using SegFunctions.Customers.Intake.Csv;

namespace SegFunctions.Benchmarks.Intake;

/// <summary>Reading CSV: every field of every record is looked at, nothing is converted.</summary>
public class CsvBenchmarks
{
    private byte[] _file = [];

    public static IEnumerable<CsvShape> Shapes =>
    [
        new("200,000 lines, plain", 200_000, IsQuoted: false),
        new("200,000 lines, quoted", 200_000, IsQuoted: true),
    ];

    [ParamsSource(nameof(Shapes))]
    public required CsvShape Shape { get; set; }

    [GlobalSetup]
    public void Setup() => _file = OrderCsv.Bytes(Shape.Rows, Shape.IsQuoted, seed: 1);

    /// <summary>What one writes first; it takes commas within quotes for delimiters.</summary>
    [Benchmark(Baseline = true)]
    public long ReadLineAndSplit()
    {
        var characters = 0L;
        using var reader = new StreamReader(new MemoryStream(_file), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            foreach (var field in line.Split(','))
                characters += field.Length;
        }

        return characters;
    }

    [Benchmark]
    public async Task<long> CsvRecordReader()
    {
        var bytes = 0L;
        await using var reader = await Customers.Intake.Csv.CsvRecordReader.OpenAsync(new MemoryStream(_file), new CsvReaderOptions(), CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                for (var record = 0; record < batch.Count; record++)
                {
                    for (var field = batch.FieldCount(record) - 1; field >= 0; field--)
                        bytes += batch.Field(record, field).Length;
                }
            }
        }

        return bytes;
    }
}

public sealed record CsvShape(string Name, int Rows, bool IsQuoted) : Shape(Name, Rows);
