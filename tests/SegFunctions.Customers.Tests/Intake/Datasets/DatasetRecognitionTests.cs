using System.Text;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Datasets;

public sealed class DatasetRecognitionTests
{
    [Theory]
    [InlineData("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "orderId,productId,description,quantity,timestamp,unitPrice,customerId,country")]
    [InlineData("order_id,order_date,customer_id,sku,qty,price,currency", "orderId,timestamp,customerId,productId,quantity,unitPrice,currency")]
    [InlineData("N° commande,Date de commande,N° client,Désignation,Qté,Prix unitaire,Pays", "orderId,timestamp,customerId,description,quantity,unitPrice,country")]
    [InlineData("Bestellnummer,Bestelldatum,Kundennummer,Bezeichnung,Menge,Einzelpreis,Währung", "orderId,timestamp,customerId,description,quantity,unitPrice,currency")]
    [InlineData("Número de pedido,Fecha de pedido,Id cliente,Cantidad,Precio unitario,País", "orderId,timestamp,customerId,quantity,unitPrice,country")]
    [InlineData("Numero ordine,Data ordine,Codice cliente,Quantità,Prezzo unitario,Sconto", "orderId,timestamp,customerId,quantity,unitPrice,discount")]
    [InlineData("Ordernummer,Besteldatum,Klantnummer,Aantal,Stukprijs,Omschrijving", "orderId,timestamp,customerId,quantity,unitPrice,description")]
    public void Orders_are_recognised_in_six_languages(string headers, string fields)
    {
        var recognised = Recognise(headers.Split(','));
        Assert.Equal("orders", recognised.Dataset.Name);
        Assert.Equal("headers", recognised.Evidence);
        Assert.Equal(fields.Split(','), recognised.Columns.Select(column => recognised.Dataset.Fields[column.Field].Name));
    }

    [Theory]
    [InlineData("ID,Year_Birth,Education,Marital_Status,Income,Dt_Customer,Response", "customers")]
    [InlineData("customerID,gender,SeniorCitizen,tenure,Churn", "customers")]
    [InlineData("Kundennummer,Vorname,Nachname,E-Mail,Straße,PLZ,Ort", "customers")]
    [InlineData("event_id,user_id,timestamp,event_type,device,url", "events")]
    [InlineData("anonymous_id,timestamp,type", "events")]
    [InlineData("customer_id,timestamp,channel,event", "events")]
    [InlineData("message_id,customer_id,sent_at,channel,campaign,action", "messages")]
    [InlineData("ticket_id,customer_id,opened_at,subject,message,csat,status", "tickets")]
    [InlineData("customer_id,purpose,status,date,source", "consents")]
    [InlineData("campaign_id,customer_id,date,arm,cost,converted,revenue", "campaigns")]
    public void Other_datasets_are_recognised_by_their_headers(string headers, string dataset) => Assert.Equal(dataset, Recognise(headers.Split(',')).Dataset.Name);

    [Fact]
    public void Every_dataset_is_recognised_by_its_own_field_names()
    {
        foreach (var dataset in DatasetCatalog.All)
            Assert.Equal(dataset, Recognise([.. dataset.Fields.Select(field => field.Name)]).Dataset);
    }

    [Fact]
    public void Evidence_counts_in_the_order_asked_folder_mapping_headers()
    {
        string[] headers = ["customerId", "timestamp", "type", "amount"];
        var mapping = Taken.Mapping("""{ "dataset": "tickets" }""");
        Assert.Equal(("customers", "--dataset"), Evidence(headers, mapping, asked: "customers", folder: "events"));
        Assert.Equal(("events", "folder"), Evidence(headers, mapping, folder: "events"));
        Assert.Equal(("tickets", "mapping"), Evidence(headers, mapping, folder: "january"));
        Assert.Equal(("orders", "headers"), Evidence([.. headers, "quantity"], UploadMapping.None));
    }

    [Fact]
    public void A_mapping_goes_before_synonyms_and_takes_positions()
    {
        var mapping = Taken.Mapping("""{ "dataset": "orders", "columns": { "1": "orderId", "Kunde": "customerId", "total": "unitPrice" }, "ignore": ["comment"] }""");
        var recognised = Recognise(["customer id", "date", "KUNDE", "Total", "Comment", "colour"], mapping);
        Assert.Equal(["orderId", "timestamp", "customerId", "unitPrice"], recognised.Columns.Where(column => column.Field >= 0).Select(column => recognised.Dataset.Fields[column.Field].Name));
        Assert.Equal(["mapping", "header", "mapping", "mapping", "mapping", ""], recognised.Columns.Select(column => column.Evidence));
        Assert.Equal(ColumnUse.Ignored, recognised.Columns[4].Use);
        Assert.Equal("colour", recognised.Columns[5].Attribute);
    }

    [Fact]
    public void An_unknown_file_is_answered_with_what_was_found_what_is_missing_and_a_mapping_that_works()
    {
        string[] headers = ["who", "when", "how much"];
        var refused = Assert.Throws<UnreadableFileException>(() => Recognise(headers));

        Assert.Contains("\"who\", \"when\", \"how much\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains("x.csv.mapping.json", refused.Message, StringComparison.Ordinal);
        var example = refused.Message[refused.Message.IndexOf("\n{", StringComparison.Ordinal)..];
        Assert.NotNull(MappingReader.Read("mapping.json", Encoding.UTF8.GetBytes(example)).Dataset);
    }

    [Fact]
    public void Two_datasets_that_fit_equally_are_an_error_that_names_both()
    {
        var refused = Assert.Throws<UnreadableFileException>(() => Recognise(["campaign", "customer_id", "date", "subject"]));
        Assert.Contains("tickets and campaigns equally well", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sales", "there is no dataset \"sales\"")]
    [InlineData("orders", "orders (named by --dataset) needs a column for unitPrice or amount")]
    public void A_dataset_that_was_asked_for_must_exist_and_fit(string asked, string named) =>
        Assert.Contains(named, Assert.Throws<UnreadableFileException>(() => Recognise(["customerId", "date"], asked: asked)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mapping_that_names_no_column_is_an_error()
    {
        var mapping = Taken.Mapping("""{ "columns": { "Klient": "customerId" } }""");
        Assert.Contains("\"Klient\"", Assert.Throws<UnreadableFileException>(() => Recognise(["customer", "date", "amount"], mapping)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_whose_fields_belong_to_several_datasets_is_an_error()
    {
        var mapping = Taken.Mapping("""{ "columns": { "a": "ticketId", "b": "orderId" } }""");
        Assert.Contains("ticketId, orderId", Assert.Throws<UnreadableFileException>(() => Recognise(["a", "b"], mapping)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_column_of_ids_is_no_dataset() => Assert.Throws<UnreadableFileException>(() => Recognise(["customerId"]));

    [Fact]
    public void Columns_that_tell_who_a_person_is_are_sealed_in_any_dataset()
    {
        var recognised = Recognise(["customer id", "date", "amount", "Customer Name", "Téléphone", "colour"]);
        Assert.Equal([ColumnUse.SealedAttribute, ColumnUse.SealedAttribute, ColumnUse.Attribute], recognised.Columns[3..].Select(column => column.Use));
    }

    [Fact]
    public void Attributes_have_distinct_names()
    {
        var recognised = Recognise(["customer id", "date", "amount", "note", "note", "", "identifiers"]);
        Assert.Equal(["note", "note (5)", "column 6", "identifiers (7)"], recognised.Columns[3..].Select(column => column.Attribute));
    }

    private static (string Dataset, string Evidence) Evidence(string[] headers, UploadMapping mapping, string? asked = null, string? folder = null)
    {
        var recognised = DatasetRecognition.Recognise("x.csv", headers, mapping, asked, folder);
        return (recognised.Dataset.Name, recognised.Evidence);
    }

    private static DatasetRecognition Recognise(string[] headers, UploadMapping? mapping = null, string? asked = null) =>
        DatasetRecognition.Recognise("x.csv", headers, mapping ?? UploadMapping.None, asked, folder: null);
}
