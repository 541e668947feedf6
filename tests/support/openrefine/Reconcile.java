import com.google.refine.model.Cell;
import com.google.refine.model.Column;
import com.google.refine.model.Project;
import com.google.refine.model.Recon;
import com.google.refine.model.Row;
import com.google.refine.model.recon.ReconConfig;
import com.google.refine.model.recon.ReconJob;
import com.google.refine.model.recon.ReconciledDataExtensionJob;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtensionConfig;
import com.google.refine.model.recon.StandardReconConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Matches a column of names with a service, then adds columns, by the client of OpenRefine.
 *
 * Arguments: a configuration of OpenRefine as JSON, one of the columns to add, the address of the service, and
 * then a name and a country for each row. Prints a line for each row: judgment, identifier, candidates, added values.
 */
public class Reconcile {
    public static void main(String[] arguments) throws Exception {
        // As the module of its web application does when it starts.
        ReconConfig.s_opNameToClass.put("core/standard-service", List.of(StandardReconConfig.class));
        StandardReconConfig config = StandardReconConfig.reconstruct(arguments[0]);
        Project project = new Project();
        project.columnModel.addColumn(0, new Column(0, "name"), false);
        project.columnModel.addColumn(1, new Column(1, "country"), false);
        List<ReconJob> jobs = new ArrayList<>();
        for (int at = 3; at < arguments.length; at += 2) {
            Row row = new Row(2);
            row.setCell(0, new Cell(arguments[at], null));
            row.setCell(1, new Cell(arguments[at + 1], null));
            project.rows.add(row);
            jobs.add(config.createJob(project, project.rows.size() - 1, row, "name", row.getCell(0)));
        }
        List<Recon> recons = config.batchRecon(jobs, 1);
        Set<String> ids = new LinkedHashSet<>();
        for (Recon recon : recons) {
            if (recon.match != null) {
                ids.add(recon.match.id);
            }
        }
        ReconciledDataExtensionJob extension =
                new ReconciledDataExtensionJob(DataExtensionConfig.reconstruct(arguments[1]), arguments[2]);
        var added = extension.extend(ids, new HashMap<>());
        for (Recon recon : recons) {
            String id = recon.match == null ? "" : recon.match.id;
            List<String> cells = new ArrayList<>(List.of(recon.judgment.name(), id, String.valueOf(recon.error)));
            cells.add(String.valueOf(recon.candidates == null ? 0 : recon.candidates.size()));
            for (Object value : added.containsKey(id) ? added.get(id).data[0] : new Object[0]) {
                cells.add(String.valueOf(value));
            }
            System.out.println(String.join("\t", cells));
        }
        System.exit(0); // its HTTP client keeps threads
    }
}
